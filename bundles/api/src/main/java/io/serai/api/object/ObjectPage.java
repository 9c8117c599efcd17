package io.serai.api.object;

import io.serai.api.state.CommitId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param objects by name, then layer
 * @param next what to ask for the rest with, {@link ObjectQuery#cursor}; empty if this is the end
 * @param total how many match, on all pages; of a {@link QueriedKind}, on this page
 * @param version the commit that they were read at
 * @param unreachable the names of nodes that could not be asked, sorted
 */
public record ObjectPage(
        List<ObjectView> objects, Optional<String> next, int total, CommitId version, List<String> unreachable) {
    /** Copies the lists. */
    public ObjectPage {
        objects = List.copyOf(objects);
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(version, "version");
        unreachable = List.copyOf(unreachable);
    }
}
