package io.serai.deployer.internal.folder;

import io.serai.api.security.AccessControl;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.deployer.internal.reconcile.VerdictBook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commits what people did in the folder. Files that are refused are left out, so that the others are not held up by them,
 * and are not offered again until their content changes. Used by the folder's thread only.
 */
final class FolderCommits {
    private static final int MOST_NAMED = 3;
    private static final int MOST_RECORDED = 20;
    private static final String WHO = "deploy";

    private final StateRepository repository;
    private final VerdictBook book;
    private final Author author;
    private final LateAudit audit;
    private final Map<String, BlobId> refused = new HashMap<>();
    private final Set<String> failed = new TreeSet<>();

    FolderCommits(StateRepository repository, VerdictBook book, Author author, LateAudit audit) {
        this.repository = repository;
        this.book = book;
        this.author = author;
        this.audit = audit;
    }

    /** Where the content of files is. */
    interface Contents {
        /** Returns the content of a file. */
        Content of(String name);
    }

    /** Returns whether this content of a file was refused before. */
    boolean refused(String name, BlobId blob) {
        return blob.equals(refused.get(name));
    }

    /** Returns the files that were offered and are not part of the state. */
    Set<String> notTaken() {
        Set<String> names = new TreeSet<>(refused.keySet());
        names.addAll(failed);
        return names;
    }

    /** Takes note that a file is not offered, or no longer in the content that was refused. */
    void withdraw(String name) {
        if (refused.remove(name) != null || failed.remove(name)) {
            book.withdrawRefusal(FileNames.inState(name));
        }
    }

    /**
     * Commits files.
     *
     * @return the files that are in the state now as they are in the folder
     * @throws StateException {@code IO} or {@code CONFLICT}; to be tried again
     */
    Set<String> commit(Map<String, BlobId> puts, Set<String> removals, Contents contents) throws StateException {
        Map<String, BlobId> left = new TreeMap<>(puts);
        while (!left.isEmpty() || !removals.isEmpty()) {
            try {
                CommitId commit = repository.commit(change(left.keySet(), removals, contents));
                record(left.keySet(), removals, Outcome.DONE, "commit " + commit.value());
                left.keySet().forEach(this::withdraw);
                removals.forEach(this::withdraw);
                return left.keySet();
            } catch (StateException e) {
                if (e.reason() != Reason.INVALID) {
                    left.forEach((name, blob) -> fail(name, blob, e));
                    throw e;
                }
                refuse(left, e);
            }
        }
        return Set.of();
    }

    private Change change(Set<String> puts, Set<String> removals, Contents contents) {
        Map<StatePath, Content> files = new HashMap<>();
        puts.forEach(name -> files.put(FileNames.inState(name), contents.of(name)));
        Set<StatePath> gone = removals.stream().map(FileNames::inState).collect(Collectors.toSet());
        return Change.of(files, gone, author, message(puts, removals));
    }

    /** Takes the files out that are to blame; all of them if the repository does not say which. */
    private void refuse(Map<String, BlobId> left, StateException e) {
        Map<String, String> blamed = new HashMap<>();
        e.paths().forEach((path, why) -> blamed.put(path.fileName(), why));
        blamed.keySet().retainAll(left.keySet());
        if (blamed.isEmpty()) {
            left.keySet().forEach(name -> blamed.put(name, String.valueOf(e.getMessage())));
        }
        blamed.forEach((name, why) -> {
            BlobId blob = left.remove(name);
            if (blob != null) {
                refused.put(name, blob);
                book.refuse(FileNames.inState(name), Optional.of(blob), why);
            }
        });
        record(blamed.keySet(), Set.of(), Outcome.FAILED, String.valueOf(e.reason()));
    }

    /** Records what the folder did: nobody knows who put a file there, but may who owns the folder. */
    private void record(Set<String> puts, Set<String> removals, Outcome outcome, String detail) {
        String verb = puts.isEmpty() ? AccessControl.DELETE : AccessControl.WRITE;
        String names = Stream.concat(puts.stream(), removals.stream())
                .limit(MOST_RECORDED)
                .map(name -> "artifact/" + name)
                .collect(Collectors.joining(", "));
        int more = puts.size() + removals.size() - MOST_RECORDED;
        audit.record(new Event(
                WHO,
                "local",
                author.face(),
                verb,
                more > 0 ? names + " and " + more + " more" : names,
                outcome,
                detail));
    }

    private void fail(String name, BlobId blob, StateException e) {
        failed.add(name);
        book.refuse(
                FileNames.inState(name),
                Optional.of(blob),
                name + " is not part of the state yet: " + e.getMessage() + " It is tried again.");
    }

    private static String message(Set<String> puts, Set<String> removals) {
        List<String> parts = Stream.of(part("Put", puts), part("Remove", removals))
                .filter(part -> !part.isEmpty())
                .toList();
        return String.join("; ", parts);
    }

    private static String part(String verb, Set<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String named = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        int more = names.size() - MOST_NAMED;
        return more > 0
                ? verb + " " + names.size() + " files: " + named + " and " + more + " more"
                : verb + " " + named;
    }
}
