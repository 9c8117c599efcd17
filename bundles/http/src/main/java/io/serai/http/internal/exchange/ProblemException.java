package io.serai.http.internal.exchange;

/** A request that is refused before a service is called. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        // no stack trace: the client is to blame, and floods of such requests must stay cheap
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    static ProblemException of(int status, String reason, String detail) {
        return new ProblemException(Problem.of(status, reason, detail));
    }

    Problem problem() {
        return problem;
    }
}
