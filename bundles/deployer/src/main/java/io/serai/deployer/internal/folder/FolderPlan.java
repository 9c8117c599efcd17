package io.serai.deployer.internal.folder;

import io.serai.api.state.BlobId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What makes a folder and the state the same again.
 *
 * @param commits files to put into the state as they are in the folder
 * @param removals files to remove from the state
 * @param writes files to write to the folder as they are in the state
 * @param deletions files to delete from the folder
 * @param agreed files that are the same, or gone, on both sides
 */
record FolderPlan(
        SortedMap<String, BlobId> commits,
        SortedSet<String> removals,
        SortedMap<String, BlobId> writes,
        SortedSet<String> deletions,
        SortedMap<String, Optional<BlobId>> agreed) {

    /**
     * Compares the folder and the state with what they last had in common. What changed on one side goes to the other. If
     * both changed, content wins over deletion, and a file that somebody put into the folder over what was committed
     * elsewhere: it becomes the newest version, and history keeps the other.
     *
     * @param names the files to compare; for each, a map without it means that it is not there
     */
    static FolderPlan of(
            Set<String> names, Map<String, BlobId> folder, Map<String, BlobId> state, Map<String, BlobId> common) {
        FolderPlan plan =
                new FolderPlan(new TreeMap<>(), new TreeSet<>(), new TreeMap<>(), new TreeSet<>(), new TreeMap<>());
        for (String name : names) {
            plan.add(name, folder.get(name), state.get(name), common.get(name));
        }
        return plan;
    }

    private void add(String name, @Nullable BlobId file, @Nullable BlobId stored, @Nullable BlobId last) {
        Optional<BlobId> here = Optional.ofNullable(file);
        Optional<BlobId> there = Optional.ofNullable(stored);
        Optional<BlobId> before = Optional.ofNullable(last);
        if (here.equals(there)) {
            agreed.put(name, here);
        } else if (here.equals(before) || (here.isEmpty() && !there.equals(before))) {
            there.ifPresentOrElse(blob -> writes.put(name, blob), () -> deletions.add(name));
        } else {
            here.ifPresentOrElse(blob -> commits.put(name, blob), () -> removals.add(name));
        }
    }
}
