package io.serai.identity.internal.join;

/** The cluster does not let this node in, and asking again would not help. */
public final class JoinRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    JoinRefusedException(String message) {
        super(message);
    }
}
