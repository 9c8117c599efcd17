package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.BlobId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How the attempt to apply an artifact ended.
 *
 * @param state how the artifact stands now
 * @param message what serves, what it waits for, or why it failed and what to do
 * @param detail the raw words of the framework or compiler; may be empty
 * @param serving the content that serves; empty if none does
 * @param retryOn what makes another attempt worthwhile
 */
public record Outcome(State state, String message, String detail, Optional<BlobId> serving, Set<Cause> retryOn) {
    /** What is said where an earlier version serves. */
    public static final String OLD_SERVES = " The version deployed before goes on serving.";

    private static final Set<Cause> UNSATISFIED =
            EnumSet.of(Cause.BUNDLES, Cause.ARTIFACT_ACTIVE, Cause.HANDLERS, Cause.CONFIGURATION);

    /** Copies. */
    public Outcome {
        retryOn = Set.copyOf(retryOn);
    }

    /** Returns that an artifact is being applied. */
    public static Outcome deploying(Optional<BlobId> serving) {
        return new Outcome(State.DEPLOYING, "is being deployed", "", serving, Set.of());
    }

    /** Returns that an artifact is not applied yet. */
    static Outcome held(Pacing.Hold hold, Optional<BlobId> serving) {
        boolean told = hold.state() == State.WAITING && serving.isPresent();
        return new Outcome(hold.state(), hold.message() + (told ? OLD_SERVES : ""), "", serving, Set.of());
    }

    /** Returns that an artifact serves. */
    public static Outcome active(String message, BlobId serving) {
        return new Outcome(State.ACTIVE, message, "", Optional.of(serving), Set.of());
    }

    /** Returns that an artifact could not be applied; what serves goes on. */
    public static Outcome failed(DeploymentException failure, Optional<BlobId> serving) {
        String message = failure.getMessage() + (serving.isPresent() ? OLD_SERVES : "");
        Set<Cause> retryOn =
                switch (failure.reason()) {
                    case UNSATISFIED -> UNSATISFIED;
                    case CONFLICT -> Set.of(Cause.ARTIFACT_GONE, Cause.HANDLERS);
                    case UNSUPPORTED -> Set.of(Cause.HANDLERS);
                    case IO -> Set.of(Cause.TIME);
                    case INVALID, START_FAILED -> Set.of();
                };
        State state = failure.reason() == DeploymentException.Reason.UNSATISFIED ? State.WAITING : State.FAILED;
        return new Outcome(state, message, failure.detail(), serving, retryOn);
    }

    /** Returns this outcome with another reason to try again. */
    public Outcome alsoOn(Cause cause) {
        Set<Cause> causes = EnumSet.of(cause);
        causes.addAll(retryOn);
        return new Outcome(state, message, detail, serving, causes);
    }
}
