package io.serai.shell.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.apache.karaf.shell.impl.console.parsing.CommandLineParser;
import org.jspecify.annotations.Nullable;
import org.junit.rules.ExternalResource;

/** Karaf's own shell, outside of a container, with the commands of this bundle and services that a test controls. */
final class ShellFixture extends ExternalResource {
    private static final List<Class<?>> CLASSES = List.of(
            ArtifactPathCompleter.class,
            ClusterCertificateListCommand.class,
            ClusterCertificateRotateCommand.class,
            ClusterConflictListCommand.class,
            ClusterConflictResolveCommand.class,
            ClusterNodeForgetCommand.class,
            ClusterStatusCommand.class,
            ClusterTokenCreateCommand.class,
            ConflictPathCompleter.class,
            DeployInfoCommand.class,
            DeployListCommand.class,
            DeployRollbackCommand.class,
            NodeNameCompleter.class,
            RevisionCompleter.class,
            ServiceInfoCommand.class,
            ServiceInvokeCommand.class,
            ServiceListCommand.class,
            ServiceNameCompleter.class,
            StateCompactCommand.class,
            StateDiffCommand.class,
            StateLogCommand.class,
            StatePathCompleter.class,
            StatePutCommand.class,
            StateRemoveCommand.class,
            StateRevertCommand.class,
            StateShowCommand.class);

    final MemoryState state = new MemoryState();
    final FakeDeployments deployments = new FakeDeployments();
    final FakeCluster cluster = new FakeCluster();
    final FakeServices services = new FakeServices();

    private final ThreadIOImpl threadIo = new ThreadIOImpl();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final SessionFactoryImpl factory = new SessionFactoryImpl(threadIo);
    private final ByteArrayInputStream nothing = new ByteArrayInputStream(new byte[0]);
    private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final Session session = factory.create(nothing, stream, stream);

    @Override
    protected void before() {
        threadIo.start();
        factory.getRegistry().register(state);
        factory.getRegistry().register(deployments);
        factory.getRegistry().register(services);
        factory.getRegistry().register(cluster);
        factory.getRegistry().register(cluster.replica());
        factory.getRegistry().register(new FakeCompaction());
        ManagerImpl manager = new ManagerImpl(factory.getRegistry(), factory.getRegistry());
        for (Class<?> type : CLASSES) {
            manager.register(type);
        }
        manager.register(UpperCaseCommand.class);
        session.put("USER", "ann");
    }

    @Override
    protected void after() {
        session.close();
        threadIo.stop();
    }

    /** Runs a command line as a person types it; returns what it printed. */
    String run(String line) throws Exception {
        out.reset();
        session.execute(line);
        return out.toString(StandardCharsets.UTF_8);
    }

    JsonNode runJson(String line) throws Exception {
        return new ObjectMapper().readTree(run(line));
    }

    /** Returns what the TAB key offers at the end of a line. */
    List<String> complete(String line) {
        var parsed = CommandLineParser.buildCommandLine(session, line, line.length());
        String[] name = parsed.getArguments()[0].split(":", 2);
        Command command = session.getRegistry().getCommand(name[0], name[1]);
        List<Candidate> candidates = new ArrayList<>();
        command.getCompleter(false).completeCandidates(session, parsed, candidates);
        return candidates.stream().map(candidate -> candidate.value().strip()).toList();
    }

    /** Stands for {@code grep} and its like: reads what is piped to it. */
    @Service
    @org.apache.karaf.shell.api.action.Command(scope = "test", name = "upper", description = "Upper case")
    public static class UpperCaseCommand implements org.apache.karaf.shell.api.action.Action {
        @Override
        public @Nullable Object execute() throws Exception {
            var process = org.apache.felix.service.command.Process.Utils.current();
            String text = new String(process.in().readAllBytes(), StandardCharsets.UTF_8);
            process.out().print(text.toUpperCase(java.util.Locale.ROOT));
            return null;
        }
    }
}
