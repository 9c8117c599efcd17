package io.serai.identity.internal.tls;

import io.serai.identity.internal.pki.Fingerprints;
import io.serai.identity.internal.tls.CertificateTrust.Refusal;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the audit log of refused certificates: of some each second, and how many more there were. */
public final class RefusalLog {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");
    private static final int LINES_PER_SECOND = 5;
    private static final int MAX_SUBJECT = 200;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private long second; // guarded by lock
    private int lines; // guarded by lock
    private long unsaid; // guarded by lock

    /** Tells time by a clock of nanoseconds. */
    public RefusalLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.second = nanoTime.getAsLong();
    }

    void refused(Refusal reason, X509Certificate certificate, String address) {
        long more = turn();
        if (more >= 0) {
            AUDIT.warn(
                    "Refused a certificate: reason={}, fingerprint={}, subject={}, from={}, notTold={}",
                    reason,
                    Fingerprints.of(certificate),
                    subject(certificate),
                    address,
                    more);
        }
    }

    /** Returns how many refusals have not been told since the last one that was, or -1 if this one is not to be either. */
    private long turn() {
        synchronized (lock) {
            long now = nanoTime.getAsLong();
            if (now - second >= SECOND_NANOS) {
                second = now;
                lines = 0;
            }
            if (lines >= LINES_PER_SECOND) {
                unsaid++;
                return -1;
            }
            lines++;
            long more = unsaid;
            unsaid = 0;
            return more;
        }
    }

    /** Returns who the certificate is for, in a form that cannot pretend to be another line of the log. */
    private static String subject(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName().replaceAll("\\P{Print}", "?");
        return name.length() <= MAX_SUBJECT ? name : name.substring(0, MAX_SUBJECT) + "...";
    }
}
