package io.serai.admin.internal.git;

import io.serai.api.deploy.ClusterDeploymentService;
import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Entry;
import io.serai.api.state.PathDifference;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.NullUnmarked;

/** A state in a real repository that refuses files which say {@code invalid}, and deploys all others. */
@NullUnmarked
public final class TestState {
    /** What was asked to be deployed. */
    public final List<StatePath> awaited = new CopyOnWriteArrayList<>();

    /** Whether deployments come to an end. */
    public volatile boolean settles = true;

    private static final String MAIN = "refs/heads/main";

    private final Repository repository;

    private final KeptAudit audit = new KeptAudit();

    public TestState(Path directory) throws IOException {
        repository = new FileRepository(directory.toFile());
        repository.create(true);
        repository.updateRef(Constants.HEAD).link(MAIN);
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(new TreeFormatter()));
            commit.setAuthor(new PersonIdent("node1", "node1@serai"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("Begin\n");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            move(id);
        }
    }

    /** Returns what was recorded. */
    public KeptAudit audit() {
        return audit;
    }

    /** Returns it as the administration server takes it. */
    public GitState state() {
        TestLogins logins = new TestLogins();
        GitState state = new GitState(repository, files(), replica(), new GitAccess(logins, logins, audit));
        state.deployments = proxy(
                DeploymentService.class,
                Map.of("await", arguments -> await(arguments[1]), "verdict", arguments -> Optional.empty()));
        state.otherDeployments = proxy(
                ClusterDeploymentService.class,
                Map.of(
                        "await",
                        arguments -> Map.of(
                                "node2", CompletableFuture.completedFuture(verdicts(arguments[1])),
                                "node3", CompletableFuture.failedFuture(new TimeoutException()))));
        return state;
    }

    public StateRepository files() {
        return proxy(
                StateRepository.class,
                Map.of(
                        "at", arguments -> snapshot((CommitId) arguments[0]),
                        "head", arguments -> snapshot(new CommitId(head())),
                        "diff", arguments -> diff((CommitId) arguments[0], (CommitId) arguments[1])));
    }

    public StateReplica replica() {
        return proxy(StateReplica.class, Map.of("advance", arguments -> advance((CommitId) arguments[0])));
    }

    public Repository repository() {
        return repository;
    }

    public String head() throws IOException {
        return repository.resolve(MAIN).name();
    }

    private CommitId advance(CommitId tip) throws IOException, StateException {
        ObjectId target = ObjectId.fromString(tip.value());
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit head = walk.parseCommit(repository.resolve(MAIN));
            if (!walk.isMergedInto(head, walk.parseCommit(target))) {
                throw new StateException(Reason.CONFLICT, "the head has moved", null);
            }
        }
        Map<StatePath, String> problems = new HashMap<>();
        for (Map.Entry<StatePath, BlobId> file : files(tip).entrySet()) {
            byte[] content = repository
                    .open(ObjectId.fromString(file.getValue().value()))
                    .getCachedBytes();
            if (new String(content, StandardCharsets.UTF_8).startsWith("invalid")) {
                problems.put(file.getKey(), "it says so \u001b[31mitself");
            }
        }
        if (!problems.isEmpty()) {
            throw new StateException(Reason.INVALID, problems.size() + " files were refused", problems, null);
        }
        move(target);
        return tip;
    }

    private Object await(Object paths) {
        List<Verdict> verdicts = verdicts(paths);
        verdicts.forEach(verdict -> awaited.add(verdict.path()));
        return settles ? CompletableFuture.completedFuture(verdicts) : new CompletableFuture<>();
    }

    private static List<Verdict> verdicts(Object paths) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Object path : (Collection<?>) paths) {
            verdicts.add(new Verdict(
                    (StatePath) path,
                    Verdict.State.ACTIVE,
                    "serves",
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Instant.EPOCH));
        }
        return verdicts;
    }

    private Snapshot snapshot(CommitId commit) throws IOException {
        TreeMap<StatePath, Entry> effective = new TreeMap<>();
        files(commit).forEach((path, blob) -> effective.put(path, new Entry(path, blob)));
        return proxy(
                Snapshot.class,
                Map.of(
                        "effective", arguments -> effective,
                        "commit", arguments -> commit,
                        "content", arguments -> content((BlobId) arguments[0])));
    }

    private Content content(BlobId blob) throws IOException {
        return Content.of(repository.open(ObjectId.fromString(blob.value())).getBytes());
    }

    private List<PathDifference> diff(CommitId before, CommitId after) throws IOException {
        SortedMap<StatePath, BlobId> old = files(before);
        SortedMap<StatePath, BlobId> now = files(after);
        TreeSet<StatePath> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        return paths.stream()
                .map(path -> new PathDifference(
                        path, Optional.ofNullable(old.get(path)), Optional.ofNullable(now.get(path))))
                .filter(difference -> !difference.before().equals(difference.after()))
                .toList();
    }

    private SortedMap<StatePath, BlobId> files(CommitId commit) throws IOException {
        SortedMap<StatePath, BlobId> files = new TreeMap<>();
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk tree = new TreeWalk(repository)) {
            tree.addTree(walk.parseCommit(ObjectId.fromString(commit.value())).getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                files.put(
                        new StatePath(tree.getPathString()),
                        new BlobId(tree.getObjectId(0).name()));
            }
        }
        return files;
    }

    private void move(ObjectId target) throws IOException {
        RefUpdate update = repository.updateRef(MAIN);
        update.setNewObjectId(target);
        update.forceUpdate();
    }

    private interface Method {
        Object call(Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Map<String, Method> methods) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.isDefault()
                        ? InvocationHandler.invokeDefault(proxy, method, arguments)
                        : methods.get(method.getName()).call(arguments)));
    }
}
