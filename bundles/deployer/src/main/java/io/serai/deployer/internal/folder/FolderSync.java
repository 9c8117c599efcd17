package io.serai.deployer.internal.folder;

import io.serai.api.state.BlobId;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the folder and the state the same, by what they had in common before. Used by the folder's thread only. */
final class FolderSync {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSync.class);

    private final Path folder;
    private final Path recordFile;
    private final StateRepository repository;
    private final FolderCommits commits;
    private final FolderFiles files;
    private final Map<String, BlobId> common = new TreeMap<>();
    private String identity = "";
    private boolean unsaved;

    FolderSync(DropFolder.Place place, StateRepository repository, FolderCommits commits, FolderFiles files) {
        this.folder = place.folder();
        this.recordFile = place.record();
        this.repository = repository;
        this.commits = commits;
        this.files = files;
    }

    /** Reads what the folder and the state had in common when the node last ran. */
    void load() {
        try {
            FolderRecord last = FolderRecord.read(recordFile);
            identity = last.folder();
            common.putAll(last.files());
        } catch (IOException e) {
            LOG.warn(
                    "Record of the deploy folder was not read, so nothing is removed that is missing in it: reason={}",
                    e.toString());
        }
    }

    /**
     * Makes sure that there is a folder, and that it is the one that the record is about.
     *
     * @return whether it is; if not, it is taken as new, and must be looked at anew
     */
    boolean recognise() throws IOException {
        Files.createDirectories(folder);
        String found = FolderIdentity.read(folder);
        if (!found.isEmpty() && found.equals(identity)) {
            return true;
        }
        if (!identity.isEmpty()) {
            LOG.warn(
                    "Deploy folder is another one than before, so nothing is removed that is missing in it: folder={}",
                    folder);
        }
        common.clear();
        identity = found.isEmpty() ? FolderIdentity.give(folder) : found;
        unsaved = true;
        return false;
    }

    /**
     * Makes both the same, but for files that are being changed.
     *
     * @throws StateException if the state could not be changed; to be tried again
     * @throws IOException if the folder or the record could not be; to be tried again
     */
    void synchronise() throws StateException, IOException {
        Snapshot head = repository.head();
        Map<String, BlobId> state = stateFiles(head);
        Set<String> names = names(state);
        FolderPlan plan = FolderPlan.of(names, files.blobs(), state, common);
        plan.agreed().forEach(this::agree);
        names.stream().filter(name -> !plan.commits().containsKey(name)).forEach(commits::withdraw);
        try {
            commit(plan);
            write(plan, head);
        } finally {
            files.release();
            save();
        }
    }

    /** Returns how many files of the state would be written to the folder now. */
    int writes() {
        Map<String, BlobId> state = stateFiles(repository.head());
        return FolderPlan.of(names(state), files.blobs(), state, common)
                .writes()
                .size();
    }

    private Set<String> names(Map<String, BlobId> state) {
        Set<String> names = new HashSet<>(files.names());
        names.addAll(state.keySet());
        names.addAll(common.keySet());
        names.addAll(commits.notTaken()); // which may have been deleted since
        names.removeIf(name -> !files.known(name));
        return names;
    }

    private static Map<String, BlobId> stateFiles(Snapshot head) {
        Map<String, BlobId> found = new HashMap<>();
        for (Map.Entry<StatePath, BlobId> file : head.files().entrySet()) {
            StatePath path = file.getKey();
            String name = path.fileName();
            if (FileNames.path(name).filter(path::equals).isPresent()) {
                found.put(name, file.getValue());
            }
        }
        return found;
    }

    private void commit(FolderPlan plan) throws StateException {
        Map<String, BlobId> puts = new TreeMap<>(plan.commits());
        puts.entrySet().removeIf(put -> commits.refused(put.getKey(), put.getValue()));
        Set<String> done = commits.commit(puts, plan.removals(), files::content);
        done.forEach(name -> agree(name, Optional.ofNullable(puts.get(name))));
        if (!done.isEmpty() || !plan.removals().isEmpty()) {
            plan.removals().forEach(name -> agree(name, Optional.empty()));
            checkUnheld(done, puts);
        }
    }

    /** Looks at files again that were read a second time for the commit, and so may have got there in other content. */
    private void checkUnheld(Set<String> done, Map<String, BlobId> puts) {
        Map<String, BlobId> now = stateFiles(repository.head());
        done.stream()
                .filter(name -> !Objects.equals(puts.get(name), now.get(name)))
                .forEach(files::touched);
    }

    private void agree(String name, Optional<BlobId> blob) {
        BlobId before = blob.isPresent() ? common.put(name, blob.get()) : common.remove(name);
        unsaved |= !Optional.ofNullable(before).equals(blob);
    }

    private void write(FolderPlan plan, Snapshot head) throws StateException, IOException {
        int written = 0;
        int deleted = 0;
        for (Map.Entry<String, BlobId> file : plan.writes().entrySet()) {
            if (files.unchanged(file.getKey())) {
                write(file.getKey(), file.getValue(), head);
                written++;
            }
        }
        for (String name : plan.deletions()) {
            if (files.unchanged(name)) {
                Files.deleteIfExists(folder.resolve(name));
                files.wrote(name, Optional.empty());
                agree(name, Optional.empty());
                deleted++;
            }
        }
        if (written + deleted > 0) {
            LOG.info("Deploy folder was brought to the state: written={}, deleted={}", written, deleted);
        }
    }

    private void write(String name, BlobId blob, Snapshot head) throws StateException, IOException {
        Path temporary = folder.resolve(".serai-" + name + ".new");
        try (InputStream in = head.content(blob).open()) {
            Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(
                temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        files.wrote(name, Optional.of(blob));
        agree(name, Optional.of(blob));
    }

    private void save() throws IOException {
        if (unsaved) {
            new FolderRecord(identity, common).write(recordFile);
            unsaved = false;
        }
    }
}
