package io.serai.shell.internal;

import io.serai.api.cluster.Member;
import io.serai.api.cluster.Membership;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of nodes. */
@Service
public class NodeNameCompleter implements Completer {
    @Reference
    Membership membership;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> names = membership.members().stream().map(Member::name).toList();
        return new StringsCompleter(names, true).complete(session, line, candidates);
    }
}
