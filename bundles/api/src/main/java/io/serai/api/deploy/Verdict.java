package io.serai.api.deploy;

import io.serai.api.state.BlobId;
import io.serai.api.state.Pace;
import io.serai.api.state.StatePath;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How one artifact stands on this node.
 *
 * @param path the artifact, relative to its layer
 * @param state how it stands
 * @param message what serves, what it waits for, or why it failed and what to do
 * @param detail the raw words of the framework or compiler; may be empty
 * @param wanted the content the verdict is about: the newest that was offered; empty if it was removed
 * @param serving the content that serves; empty if none does. Differs from {@code wanted} when a new version failed
 * @param time since when
 */
public record Verdict(
        StatePath path,
        State state,
        String message,
        String detail,
        Optional<BlobId> wanted,
        Optional<BlobId> serving,
        Instant time) {
    /** Checks. */
    public Verdict {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(wanted, "wanted");
        Objects.requireNonNull(serving, "serving");
        Objects.requireNonNull(time, "time");
    }

    /** How an artifact stands. */
    public enum State {
        /** It is being deployed, or is going to be when nodes that come before have done so: {@link Pace#ROLLING}. */
        DEPLOYING,
        /** It serves. */
        ACTIVE,
        /**
         * It needs something that is not there, and will come up when it appears; or it is part of a rolling change that has
         * halted on another node, and the earlier version serves.
         */
        WAITING,
        /** It is broken; an earlier version may serve. */
        FAILED,
        /** It is gone. */
        REMOVED
    }

    /** Returns whether this is the end of an action, unless something else changes. */
    public boolean settled() {
        return state != State.DEPLOYING;
    }
}
