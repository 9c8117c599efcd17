package io.serai.state.internal;

import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.ChangeForwarder;
import io.serai.api.state.ChangeValidator;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.Pace;
import io.serai.api.state.PathDifference;
import io.serai.api.state.Revision;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateListener;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state in a bare Git repository of this node. */
@Component(
        service = {StateRepository.class, StateReplica.class, GitStateRepository.class}, // the last for this bundle
        configurationPid = StateSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StateConfig.class)
public final class GitStateRepository implements StateRepository, StateReplica {
    private static final Logger LOG = LoggerFactory.getLogger(GitStateRepository.class);
    private static final String READ = "read content of";
    private static final String HISTORY = "read the history of";
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile List<ContentValidator> validators = List.of();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile List<ChangeValidator> changeValidators = List.of();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile List<StateListener> listeners = List.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable ChangeForwarder forwarder;

    private final StateSettings settings;
    private final GitStore store;
    private final HeadNotifier notifier;
    private final CommitLine line;
    private final History history;
    private final RevisionNames names;
    private final Housekeeping housekeeping;
    private final Appender appender;
    private final PackExchange packs;
    private final Completeness completeness;
    private final BlobRanges ranges;
    private final IncomingBlobs incoming;
    private final OpenConflicts conflicts;
    private final EditsOfHistory edits;

    /**
     * Opens the repository.
     *
     * @throws StateException if another process has it open, or it cannot be read and written
     */
    @Activate
    public GitStateRepository(StateConfig config) throws StateException {
        this(
                StateSettings.of(config.directory(), config.node(), config.groups()),
                Clock.systemUTC(),
                Housekeeping.PACKS);
    }

    GitStateRepository(StateSettings settings, Clock clock, int repackAfter) throws StateException {
        SystemReader.setInstance(new IsolatedSystemReader());
        this.settings = settings;
        this.store = GitStore.open(settings.directory(), clock.instant());
        this.notifier = new HeadNotifier(() -> listeners);
        this.line = openLine(clock);
        this.history = new History(store);
        this.names = new RevisionNames(store);
        this.housekeeping = new Housekeeping(store, clock, repackAfter);
        this.appender = new Appender(line, history, settings, housekeeping, () -> forwarder);
        this.packs = new PackExchange(store);
        this.completeness = new Completeness(store);
        this.ranges = new BlobRanges(store);
        this.incoming = new IncomingBlobs(store);
        GitGraph graph = new GitGraph(store, commit -> line.at(commit).files());
        this.conflicts = new OpenConflicts(store, graph);
        this.edits = new EditsOfHistory(store, history, graph, conflicts);
        LOG.info(
                "Opened the state repository: directory={}, head={}",
                settings.directory(),
                line.head().commit());
    }

    private CommitLine openLine(Clock clock) throws StateException {
        try {
            return new CommitLine(store, settings, clock, notifier);
        } catch (StateException e) {
            store.close(); // or the next attempt would find it locked
            throw e;
        }
    }

    @Deactivate
    void close() {
        line.close();
        housekeeping.close();
        notifier.close();
        ranges.close();
        store.close();
        SystemReader.setInstance(null);
        LOG.info("Closed the state repository: directory={}", settings.directory());
    }

    /** Returns what drops contents of the history. */
    Compactor compactor() {
        return new Compactor(store, line, conflicts, completeness);
    }

    /** Returns the repository as JGit has it. */
    Repository git() {
        return store.repository();
    }

    @Override
    public Snapshot head() {
        return line.head();
    }

    @Override
    public Snapshot at(CommitId commit) throws StateException {
        return line.at(commit);
    }

    @Override
    public CommitId resolve(String revision) throws StateException {
        return names.resolve(revision, line.head().commit());
    }

    @Override
    public CommitId commit(Change change) throws StateException {
        check(change);
        Map<StatePath, BlobId> present = line.head().files();
        SortedMap<StatePath, Optional<BlobId>> targets = new TreeMap<>();
        change.removals().forEach(path -> targets.put(path, Optional.empty()));
        try (ObjectBatch batch = store.batch(Admission.size(change))) {
            for (Map.Entry<StatePath, Content> put : change.puts().entrySet()) {
                Optional<BlobId> before = Optional.ofNullable(present.get(put.getKey()));
                targets.put(put.getKey(), Optional.of(batch.insert(put.getValue(), before)));
            }
            return appender.append(new Edit(targets, change.base(), change.author(), change.message()), batch);
        } catch (IOException e) {
            throw DiskFailures.explain("write a change to the state repository", store.directory(), e);
        }
    }

    @Override
    public void check(Change change) throws StateException {
        new Admission(validators, changeValidators).check(line.head(), Admission.targets(change));
    }

    @Override
    public CommitId restore(CommitId commit, Set<StatePath> paths, Author author, Pace pace) throws StateException {
        return append(onDisk(HISTORY, () -> edits.restore(line.head(), commit, paths, author))
                .at(pace));
    }

    @Override
    public CommitId revert(CommitId commit, Author author, Pace pace) throws StateException {
        return append(onDisk(HISTORY, () -> edits.revert(commit, author)).at(pace));
    }

    @Override
    public List<Revision> log(Optional<StatePath> path, int limit) throws StateException {
        return history.log(line.head().commit(), path, limit);
    }

    @Override
    public List<Revision> log(CommitId before, CommitId after) throws StateException {
        return history.log(before, after);
    }

    @Override
    public Revision revision(CommitId commit) throws StateException {
        return History.revision(store.commit(commit));
    }

    @Override
    public List<PathDifference> diff(CommitId before, CommitId after) throws StateException {
        return history.diff(before, after);
    }

    @Override
    public String patch(CommitId before, CommitId after, Optional<StatePath> path) throws StateException {
        return history.patch(before, after, path);
    }

    @Override
    public boolean has(CommitId commit) {
        try {
            return packs.has(commit);
        } catch (IOException e) {
            LOG.warn("Took a commit for absent that could not be read: commit={}", commit, e);
            return false;
        }
    }

    @Override
    public void write(CommitId commit, Set<CommitId> known, OutputStream pack) throws StateException, IOException {
        packs.write(commit, known, pack);
    }

    @Override
    public void read(InputStream pack) throws StateException {
        onDisk("take objects into", () -> {
            packs.read(pack);
            housekeeping.packAdded();
            return pack;
        });
    }

    @Override
    public Set<BlobId> missing(CommitId commit) throws StateException {
        return onDisk(
                "look for what is missing in",
                () -> completeness.missing(commit, line.head().commit()));
    }

    @Override
    public long size(BlobId content) throws StateException {
        return onDisk(READ, () -> ranges.size(content));
    }

    @Override
    public byte[] read(BlobId content, long offset, int length) throws StateException {
        return onDisk(READ, () -> ranges.read(content, offset, length));
    }

    @Override
    public long received(BlobId content) throws StateException {
        return onDisk(READ, () -> incoming.has(content) ? ranges.size(content) : incoming.length(content));
    }

    @Override
    public long receive(BlobId content, long size, long offset, byte[] part) throws StateException {
        return onDisk("take content into", () -> {
            long received = incoming.add(content, size, offset, part);
            if (received == size) {
                housekeeping.packAdded();
            }
            return received;
        });
    }

    private <T> T onDisk(String what, DiskFailures.Access<T> access) throws StateException {
        try {
            return access.get();
        } catch (IOException e) {
            throw DiskFailures.explain(what + " the state repository", store.directory(), e);
        }
    }

    @Override
    public CommitId include(CommitId commit) throws StateException {
        CommitId before = line.head().commit();
        return takenIn(commit, before, line.include(commit));
    }

    @Override
    public CommitId follow(CommitId commit) throws StateException {
        CommitId before = line.head().commit();
        return takenIn(commit, before, line.follow(commit));
    }

    @Override
    public CommitId accept(CommitId proposal) throws StateException {
        CommitId before = line.head().commit();
        if (line.contains(proposal)) {
            return before;
        }
        try (ObjectBatch batch = store.batch(0)) {
            completeness.require(proposal, before);
            Proposal read = Proposal.of(store, store.commit(proposal));
            // what comes before it is taken in as well
            admit((line.isContainedIn(proposal) ? Proposal.onto(store, before, store.commit(proposal)) : read).edit());
            return takenIn(proposal, before, line.accept(read, batch));
        } catch (IOException e) {
            throw DiskFailures.explain("accept a change into the state repository", store.directory(), e);
        }
    }

    @Override
    public CommitId advance(CommitId tip) throws StateException {
        GitSnapshot before = line.head();
        if (line.contains(tip)) {
            return before.commit();
        }
        try (ObjectBatch batch = store.batch(0)) {
            completeness.require(tip, before.commit());
            if (!line.isContainedIn(tip)) {
                throw StateRefusals.moved(before.commit(), tip);
            }
            Proposal.requireFiles(store, line.beyondHead(tip));
            Proposal pushed = Proposal.onto(store, before.commit(), store.commit(tip));
            admit(pushed.edit());
            store.forcePacks(); // JGit has not, which took them from who has pushed
            return appender.advance(pushed, batch);
        } catch (IOException e) {
            throw DiskFailures.explain("move the head of the state repository", store.directory(), e);
        }
    }

    private CommitId takenIn(CommitId commit, CommitId before, Optional<CommitId> after) {
        if (after.isEmpty()) {
            return line.head().commit();
        }
        if (!after.get().equals(commit)) {
            housekeeping.packAdded();
        }
        AUDIT.info(
                "Took in the state of another node: node={}, before={}, included={}, head={}",
                settings.node(),
                before,
                commit,
                after.get());
        return after.get();
    }

    @Override
    public List<MergeConflict> conflicts() throws StateException {
        return onDisk(HISTORY, () -> conflicts.of(line.head().commit()));
    }

    @Override
    public CommitId keepWon(MergeConflict conflict, Author author) throws StateException {
        return append(onDisk(HISTORY, () -> edits.keepWon(line.head(), conflict, author)));
    }

    @Override
    public CommitId takeLost(MergeConflict conflict, Author author) throws StateException {
        return append(onDisk(HISTORY, () -> edits.takeLost(line.head(), conflict, author)));
    }

    /** Appends an edit whose contents the repository has. */
    private CommitId append(Edit edit) throws StateException {
        admit(edit);
        try (ObjectBatch batch = store.batch(0)) {
            return appender.append(edit, batch);
        }
    }

    private void admit(Edit edit) throws StateException {
        GitSnapshot head = line.head();
        Map<StatePath, Optional<Content>> targets = new HashMap<>();
        edit.differing(head.files())
                .forEach((path, blob) -> targets.put(path, blob.map(id -> new BlobContent(store, id))));
        new Admission(validators, changeValidators).check(head, targets);
    }
}
