package io.serai.shell.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.deployer.internal.cluster.NodeRollouts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
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
    final MemoryState state = new MemoryState();
    final FakeDeployments deployments = new FakeDeployments();
    final FakeCluster cluster = new FakeCluster();
    final FakeServices services = new FakeServices();
    final FakeUsers users = new FakeUsers();
    final KeptAudit audit = new KeptAudit();
    final ObjectRig objects = new ObjectRig(state, cluster, users);

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
        factory.getRegistry().register(users);
        factory.getRegistry().register(audit);
        factory.getRegistry().register(new NodeRollouts(deployments, cluster, cluster));
        objects.services().forEach(factory.getRegistry()::register);
        ManagerImpl manager = new ManagerImpl(factory.getRegistry(), factory.getRegistry());
        for (Class<?> type : CommandClasses.all()) {
            manager.register(type);
        }
        manager.register(UpperCaseCommand.class);
        session.put("USER", "somebody who is not at the shell");
    }

    @Override
    protected void after() {
        session.close();
        threadIo.stop();
    }

    /** Runs a command line as a person types it; returns what it printed. */
    String run(String line) throws Exception {
        return run(session, "ann", "admin", line);
    }

    /** Runs a command line in a session of somebody else: the threads of a session are those of whoever uses it first. */
    String runAs(String user, String role, String line) throws Exception {
        Session other = factory.create(nothing, stream, stream);
        try {
            return run(other, user, role, line);
        } finally {
            other.close();
        }
    }

    private String run(Session where, String user, String role, String line) throws Exception {
        out.reset();
        Subject subject = new Subject();
        subject.getPrincipals().addAll(Set.of(new UserPrincipal(user), new RolePrincipal(role)));
        try {
            Subject.doAs(subject, (PrivilegedExceptionAction<Object>) () -> where.execute(line));
        } catch (PrivilegedActionException e) {
            throw e.getException();
        }
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
        Subject subject = new Subject();
        subject.getPrincipals().addAll(Set.of(new UserPrincipal("ann"), new RolePrincipal("admin")));
        Subject.doAs(subject, (PrivilegedAction<List<Candidate>>) () -> {
            command.getCompleter(false).completeCandidates(session, parsed, candidates);
            return candidates;
        });
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
