package io.serai.identity.internal;

import static org.awaitility.Awaitility.await;

import io.serai.api.state.Author;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.identity.internal.IdentitySettings.NodeAddress;
import io.serai.identity.internal.TestNode.RunningNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A cluster that node1 has founded, and its administration server. */
final class ClusterFixture extends ExternalResource {
    static final Author ANN = new Author("ann", "shell");

    final MutableClock clock = new MutableClock();
    final HeadWatch heads = new HeadWatch();
    private final TemporaryFolder folder = new TemporaryFolder();
    private final List<StateRepository> opened = new ArrayList<>();
    private @Nullable TestNode founder;
    private @Nullable RunningNode node1;
    private @Nullable JoinServer server;

    @Override
    protected void before() throws Throwable {
        folder.create();
        // the founder is told its port only when its server has one, and puts that into the state itself
        TestNode first = TestNode.of(home(), "node1", open("node1"), clock).setUp();
        RunningNode running = first.start();
        JoinServer listening = new JoinServer(running.identity().tls(), running.enrollment());
        server = listening;
        TestNode moved = first.withAddress(new NodeAddress("node1", "127.0.0.1", 8781, listening.port()));
        founder = moved;
        RunningNode started = moved.start();
        node1 = started;
        IdentityUpkeep upkeep =
                new IdentityUpkeep(started.vault(), started.directory(), started.membership(), moved.state(), heads);
        await().until(() -> started.membership().members().get(0).adminPort() == listening.port());
        upkeep.close();
    }

    @Override
    protected void after() {
        if (server != null) {
            server.close();
        }
        opened.forEach(StateFolder::close);
        folder.delete();
    }

    TestNode founder() {
        return Objects.requireNonNull(founder);
    }

    RunningNode node1() {
        return Objects.requireNonNull(node1);
    }

    Path home() {
        return folder.getRoot().toPath();
    }

    StateRepository open(String name) {
        StateRepository state = StateFolder.open(home().resolve(name).resolve("state.git"), name, heads);
        opened.add(state);
        return state;
    }

    String token() throws Exception {
        return node1().membership().createToken(Duration.ofHours(1), ANN);
    }

    /** Lays out a node that is to join with a token, with a state of its own that is empty. */
    TestNode joining(String name, String token) throws Exception {
        TestNode node = TestNode.of(home(), name, open(name), clock);
        node.folder().write(IdentityFolder.JOIN_TOKEN, token + "\n");
        return node;
    }

    /** Lets a node join, which sees the state of node1 from then on, as if it had been replicated. */
    TestNode join(String name) throws Exception {
        TestNode node = joining(name, token()).setUp();
        return new TestNode(node.settings(), founder().state(), clock);
    }

    String file(String path) throws Exception {
        var content = founder().state().head().content(new StatePath(path));
        return new String(content.orElseThrow().bytes(), StandardCharsets.UTF_8);
    }
}
