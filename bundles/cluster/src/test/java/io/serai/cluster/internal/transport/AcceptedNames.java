package io.serai.cluster.internal.transport;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The nodes that are accepted, as the list of members says in a cluster: all, until one is refused. */
final class AcceptedNames {
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    void refuse(String subject) {
        refused.add(subject);
    }

    boolean accepts(String subject) {
        return !refused.contains(subject);
    }

    TrustManager[] with(TrustManager[] authority) {
        X509TrustManager first = (X509TrustManager) authority[0];
        return new TrustManager[] {
            new X509TrustManager() {
                @Override
                public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
                    first.checkClientTrusted(chain, type);
                    check(chain[0]);
                }

                @Override
                public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
                    first.checkServerTrusted(chain, type);
                    check(chain[0]);
                }

                @Override
                public X509Certificate[] getAcceptedIssuers() {
                    return first.getAcceptedIssuers();
                }
            }
        };
    }

    private void check(X509Certificate certificate) throws CertificateException {
        String subject = certificate.getSubjectX500Principal().getName();
        if (!accepts(subject)) {
            throw new CertificateException(subject + " is refused");
        }
    }
}
