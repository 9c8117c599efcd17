package io.serai.shell.internal;

import io.serai.api.deploy.DeploymentService;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the paths of artifacts, and their names once the beginning of one is typed. */
@Service
public class ArtifactPathCompleter implements Completer {
    @Reference
    DeploymentService deployments;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> paths = deployments.verdicts().stream()
                .map(verdict -> verdict.path().value())
                .toList();
        String typed = line.getCursorArgument();
        boolean byName = typed != null && !typed.isEmpty() && paths.stream().noneMatch(path -> path.startsWith(typed));
        List<String> offered = byName
                ? paths.stream()
                        .map(path -> path.substring(path.lastIndexOf('/') + 1))
                        .toList()
                : paths;
        return new StringsCompleter(offered, true).complete(session, line, candidates);
    }
}
