package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.Artifact;
import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which version of each artifact serves, and which is on its way. Used by the reconciler's thread only. */
final class Slots {
    private final Map<StatePath, Slot> slots = new HashMap<>();

    /** The versions of one artifact. */
    static final class Slot {
        @Nullable BundleDeployment serving;

        @Nullable BundleDeployment candidate;

        /** What served until it was taken away; it is to serve again unless something else does. */
        @Nullable Artifact lost;

        Optional<BlobId> servingBlob() {
            return Optional.ofNullable(serving).map(BundleDeployment::blob);
        }

        /** Returns the artifact to deploy once more, because its bundle is wired to what has gone, or has gone itself. */
        Optional<Artifact> takeStale() {
            BundleDeployment last = candidate != null ? candidate : serving;
            if (last != null) {
                return last.stale && !last.underWay ? Optional.of(last.artifact()) : Optional.empty();
            }
            Artifact gone = lost;
            lost = null;
            return Optional.ofNullable(gone);
        }
    }

    Slot of(StatePath path) {
        return slots.computeIfAbsent(path, any -> new Slot());
    }

    Optional<Slot> remove(StatePath path) {
        return Optional.ofNullable(slots.remove(path));
    }

    Optional<BundleDeployment> serving(StatePath path) {
        return Optional.ofNullable(slots.get(path)).flatMap(slot -> Optional.ofNullable(slot.serving));
    }

    /** Returns whether a deployment serves or is to serve. */
    boolean has(BundleDeployment deployment) {
        Slot slot = slots.get(deployment.path());
        return slot != null && (slot.serving == deployment || slot.candidate == deployment);
    }

    List<Artifact> takeStale() {
        return slots.values().stream()
                .map(Slot::takeStale)
                .flatMap(Optional::stream)
                .toList();
    }

    List<BundleDeployment> serving() {
        return slots.values().stream()
                .map(slot -> slot.serving)
                .filter(Objects::nonNull)
                .toList();
    }

    List<BundleDeployment> all() {
        return slots.values().stream()
                .flatMap(slot -> Stream.of(Optional.ofNullable(slot.serving), Optional.ofNullable(slot.candidate)))
                .flatMap(Optional::stream)
                .toList();
    }
}
