package io.serai.security.internal.directory;

/** A spec that is not what it should be. */
public final class SpecException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String pointer;

    /** Says what is wrong, and where in the object: a JSON pointer. */
    public SpecException(String pointer, String message) {
        super(message);
        this.pointer = pointer;
    }

    /** Returns where. */
    public String pointer() {
        return pointer;
    }
}
