package io.serai.cli.internal.console;

/** How a command ends; scripts rely on the numbers. */
public enum ExitCode {
    /** Done, or nothing was to be done. */
    DONE(0),
    /** It failed. */
    FAILED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** There is no such thing. */
    NOT_FOUND(3),
    /** Somebody else has changed it, or something uses it. */
    CONFLICT(4),
    /** Nobody is logged in, or may not. */
    UNAUTHORISED(5),
    /** The cluster cannot be reached, or does not prove that it is the one. */
    UNREACHABLE(6),
    /** It took too long. */
    TIMEOUT(7);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** Returns the number that the process ends with. */
    public int number() {
        return number;
    }

    /** Returns how a command ends that the API answered with a status that is no success. */
    public static ExitCode ofStatus(int status) {
        return switch (status) {
            case 401, 403, 429 -> UNAUTHORISED;
            case 404 -> NOT_FOUND;
            case 409, 412, 428 -> CONFLICT;
            case 502, 503 -> UNREACHABLE;
            case 408, 504 -> TIMEOUT;
            default -> FAILED;
        };
    }
}
