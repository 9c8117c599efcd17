package io.serai.security.internal.ldap;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import io.serai.security.internal.ldap.LdapSettings.Protection;
import io.serai.security.internal.ldap.LdapSettings.Searcher;
import io.serai.security.internal.ldap.LdapSettings.Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes connections to the servers of a directory, which are protected as it is set, and to the right ones only. */
final class LdapConnections {
    private LdapConnections() {}

    /** Returns a pool that connects when somebody asks, to the first server that takes a connection. */
    static LDAPConnectionPool pool(LdapSettings settings) {
        Optional<SSLContext> tls =
                settings.servers().stream().allMatch(server -> server.protection() == Protection.NONE)
                        ? Optional.empty()
                        : Optional.of(tls(settings.trust()));
        List<ServerSet> sets = new ArrayList<>();
        for (Server server : settings.servers()) {
            sets.add(set(server, settings, tls));
        }
        FailoverServerSet servers = new FailoverServerSet(sets.toArray(ServerSet[]::new));
        servers.setReOrderOnFailover(true);
        Searcher searcher = settings.searcher();
        BindRequest bind = new SimpleBindRequest(searcher.dn(), searcher.password());
        try {
            LDAPConnectionPool pool =
                    new LDAPConnectionPool(servers, bind, 0, settings.limits().connections());
            pool.setConnectionPoolName("security-ldap");
            pool.setRetryFailedOperationsDueToInvalidConnections(true); // those of a server that was started again
            pool.setMaxConnectionAgeMillis(10 * 60_000L);
            return pool;
        } catch (LDAPException e) {
            throw new IllegalStateException("A pool without connections connected to somebody", e);
        }
    }

    private static ServerSet set(Server server, LdapSettings settings, Optional<SSLContext> tls) {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(settings.limits().connectMillis());
        options.setResponseTimeoutMillis(settings.limits().answerMillis());
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(false)); // no certificate of one host for all
        @Nullable SocketFactory factory = server.protection() == Protection.TLS
                ? tls.map(SSLContext::getSocketFactory).orElseThrow()
                : null;
        @Nullable StartTLSPostConnectProcessor startTls = server.protection() == Protection.START_TLS
                ? new StartTLSPostConnectProcessor(tls.orElseThrow())
                : null;
        return new SingleServerSet(server.host(), server.port(), factory, options, null, startTls);
    }

    private static SSLContext tls(Optional<Path> trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trust.isPresent() ? authorities(trust.get()) : null);
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "Configuration " + LdapSettings.PID + " has trust.file = '"
                            + trust.map(Path::toString).orElse("") + "', which cannot be read: " + e.getMessage()
                            + "; allowed is a PEM file with certificates",
                    e);
        }
    }

    private static KeyStore authorities(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
        }
        return store;
    }
}
