package io.serai.shell.internal;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectService;
import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.Subject;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Pace;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Brings an artifact, or all of them, back to an earlier version. */
@Service
@Command(
        scope = "deploy",
        name = "rollback",
        description = "Brings an artifact back to its previous version, or to that of a commit",
        detailedDescription = "Examples: deploy:rollback hello.java; deploy:rollback --all --to HEAD~3")
public class DeployRollbackCommand extends RolloutCommand {
    @Reference
    DeploymentService deployments;

    @Reference
    ObjectService objects;

    @Option(name = "--all", description = "Brings everything back, by default to the commit before the head")
    boolean all;

    @Option(name = "--to", description = "The commit whose version is wanted: an id, HEAD~3; or how many versions back")
    @Completion(RevisionCompleter.class)
    @Nullable String to;

    @Argument(index = 0, name = "path", description = "The artifact: deploy/hello.java or hello.java")
    @Completion(ArtifactPathCompleter.class)
    @Nullable String path;

    @Argument(index = 1, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--json", "--rolling", "--timeout", "--to", "--wait"})
    @Nullable List<String> options;

    @Override
    CommitId change() throws StateException, ObjectException, AccessException, CommandException {
        if (all == (path != null)) {
            throw failure("Name either one artifact or --all");
        }
        if (path == null) {
            return restore(repository.resolve(to == null ? "HEAD~1" : to));
        }
        StatePath file = find(path);
        ObjectKey key = new FileObjects(objects.kinds())
                .at(file)
                .orElseThrow(() -> failure(file + " belongs to no object; undo a commit with state:revert"));
        Map<String, Object> parameters = new HashMap<>(Map.of("rolling", pace() == Pace.ROLLING));
        if (!key.layer().isEmpty()) {
            parameters.put("layer", key.layer());
        }
        if (to != null) {
            parameters.put("to", to);
        }
        return act(key.kind(), key.name(), "rollback", parameters);
    }

    private CommitId restore(CommitId version) throws StateException, AccessException {
        Subject subject = require(AccessControl.WRITE, "state", "");
        Snapshot then = repository.at(version);
        Map<StatePath, Optional<Content>> targets = new HashMap<>();
        then.differences(repository.head()).forEach(path -> targets.put(path, then.content(path)));
        access.requireHeld(subject, targets);
        CommitId commit = repository.restore(version, Set.of(), author(subject), pace());
        done(subject, "rollback", "state", version.value());
        return commit;
    }

    private StatePath find(String text) throws StateException, CommandException {
        StateFiles files = new StateFiles(repository);
        Optional<StatePath> artifact = KnownNames.ofPaths(
                        "artifact", deployments.verdicts().stream().map(Verdict::path))
                .findPath(text);
        return artifact.isPresent() ? files.inTree(artifact.get()) : files.find(text);
    }
}
