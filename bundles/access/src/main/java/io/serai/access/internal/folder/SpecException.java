package io.serai.access.internal.folder;

/** A spec is not what it should be. */
public final class SpecException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String pointer;

    /**
     * Makes one.
     *
     * @param field the key of the spec that is to blame
     */
    public SpecException(String field, String message) {
        super("'" + field + "' " + message);
        this.pointer = "/spec/" + field;
    }

    /** Returns where it is wrong, as a JSON pointer. */
    public String pointer() {
        return pointer;
    }
}
