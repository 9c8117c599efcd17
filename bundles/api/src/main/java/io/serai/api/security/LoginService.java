package io.serai.api.security;

import java.time.Instant;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds out who asks. Failures are counted by address and by user, and throttled; all of them are recorded in the audit log.
 * Thread-safe. Checking a password takes some ten milliseconds of processor time, checking a token microseconds.
 */
@ProviderType
public interface LoginService {

    /**
     * Checks a name and a password.
     *
     * @param password is not kept; the caller may overwrite it afterwards
     * @param face as {@link Subject#face}
     * @param from as {@link Subject#from}
     * @throws AccessException {@code UNAUTHENTICATED} or {@code THROTTLED}
     */
    Subject login(String user, char[] password, String face, String from) throws AccessException;

    /**
     * Checks a token: that of a session, or of an API key.
     *
     * @throws AccessException {@code UNAUTHENTICATED} or {@code THROTTLED}
     */
    Subject login(String token, String face, String from) throws AccessException;

    /**
     * Opens a session for somebody who has logged in with a password; every node of the cluster knows it. It ends when it was
     * not used for a while, when its time is up, when it is closed, and as soon as the user is disabled, removed or gets another
     * password. Of too many sessions of one user the oldest ends.
     *
     * @throws AccessException {@code UNAUTHENTICATED} if there is no such user any more, {@code THROTTLED} if the cluster has as
     *     many sessions as it can
     */
    Session open(Subject subject) throws AccessException;

    /** Ends the session of a token on all nodes; does nothing if there is none. */
    void close(String token);

    /**
     * A session.
     *
     * @param token what proves it, a secret
     * @param expires when it ends
     */
    record Session(String token, Instant expires) {
        /** Checks that all is there. */
        public Session {
            Objects.requireNonNull(token, "token");
            Objects.requireNonNull(expires, "expires");
        }

        /** Leaves the token out. */
        @Override
        public String toString() {
            return "Session[expires=" + expires + "]";
        }
    }
}
