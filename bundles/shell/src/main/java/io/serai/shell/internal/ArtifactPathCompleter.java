package io.serai.shell.internal;

import io.serai.api.deploy.DeploymentService;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the paths of artifacts. */
@Service
public class ArtifactPathCompleter implements Completer {
    @Reference
    DeploymentService deployments;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> paths = deployments.verdicts().stream()
                .map(verdict -> verdict.path().value())
                .toList();
        return new StringsCompleter(paths, true).complete(session, line, candidates);
    }
}
