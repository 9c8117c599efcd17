package io.serai.security.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.cluster.Member;
import io.serai.api.object.ObjectAction.Call;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectQuery;
import io.serai.api.object.ObjectQuery.Condition;
import io.serai.api.object.ObjectQuery.Operator;
import io.serai.api.object.ObservedKind.Observed;
import io.serai.api.object.QueriedKind.Found;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.Subject;
import io.serai.security.internal.SecuritySettings.AuditFolder;
import io.serai.security.internal.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The logs of two nodes, and of one that does not answer. */
public class AuditKindTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final TestClock clock = new TestClock();
    private final Map<String, ChainedAuditLog> logs = new TreeMap<>();
    private final Cluster cluster = new Cluster();
    private final AuditKind kind = new AuditKind(cluster, clock);

    @Before
    public void open() {
        for (String node : List.of("node1", "node2")) {
            AuditFolder place = new AuditFolder(folder.getRoot().toPath().resolve(node), 64 * 1024);
            logs.put(node, new ChainedAuditLog(place, node, clock));
        }
    }

    @After
    public void close() {
        logs.values().forEach(ChainedAuditLog::close);
    }

    @Test
    public void tellsEntriesOfAllNodesNewestFirstPageByPage() throws Exception {
        for (int number = 1; number <= 6; number++) {
            record("node1", "ann", "write", "squad/" + number, Outcome.DONE);
            record("node2", "bob", "delete", "squad/" + number, Outcome.DONE); // at the same time
            clock.advance(Duration.ofSeconds(1));
        }

        List<String> names = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            Found page = kind.query(new ObjectQuery("audit", List.of(), 5, cursor));
            page.objects().forEach(object -> names.add(object.name()));
            assertThat(page.unreachable()).containsExactly("node3");
            cursor = page.next();
            record("node1", "eve", "read", "what comes meanwhile", Outcome.DONE);
            pages++;
        } while (cursor.isPresent());

        assertThat(pages).isEqualTo(3);
        assertThat(names)
                .containsExactly(
                        "node1-6", "node2-6", "node1-5", "node2-5", "node1-4", "node2-4", "node1-3", "node2-3",
                        "node1-2", "node2-2", "node1-1", "node2-1");
    }

    @Test
    public void filtersByWhoWhatAndWhen() throws Exception {
        record("node1", "ann", "write", "user/bob, role/night", Outcome.DONE);
        clock.advance(Duration.ofHours(3));
        record("node2", "ann", "delete", "role/night", Outcome.REFUSED);
        record("node2", "bob", "login", "", Outcome.DONE);

        assertThat(names("user=ann")).containsExactly("node2-1", "node1-1");
        assertThat(names("user=ann", "action=write")).containsExactly("node1-1");
        assertThat(names("spec.object~role/night")).containsExactly("node2-1", "node1-1");
        assertThat(names("outcome=refused")).containsExactly("node2-1");
        assertThat(names("since=2h")).containsExactly("node2-2", "node2-1");
        assertThat(names("until=" + clock.instant().minusSeconds(60))).containsExactly("node1-1");
        assertThatThrownBy(() -> names("usr=ann"))
                .isInstanceOf(ObjectException.class)
                .hasMessageContaining("filtered by user=");
        assertThatThrownBy(() -> names("since=yesterday")).isInstanceOf(ObjectException.class);
        assertThatThrownBy(() -> kind.query(new ObjectQuery("audit", List.of(), 5, Optional.of("bm9uZQ"))))
                .hasMessageContaining("cursor");
    }

    @Test
    public void findsOneEntryInOldFilesToo() {
        for (int number = 1; number <= 300; number++) {
            record("node2", "ann", "write", "x".repeat(900), Outcome.DONE);
        }

        Observed found = kind.find("node2-7").orElseThrow();

        assertThat(found.spec())
                .containsEntry("user", "ann")
                .containsEntry("number", 7L)
                .containsEntry("node", "node2");
        assertThat(kind.find("node2-301")).isEmpty();
        assertThat(kind.find("node1-7")).isEmpty();
        assertThat(kind.find("nonsense")).isEmpty();
    }

    @Test
    public void verifyNamesTheNodeWhoseLogWasChanged() throws Exception {
        record("node1", "ann", "write", "user/bob", Outcome.DONE);
        record("node2", "ann", "write", "user/bob", Outcome.DONE);
        assertThat(verify()).containsEntry("intact", true).containsEntry("unreachable", List.of("node3"));

        Path file = folder.getRoot().toPath().resolve("node2").resolve("audit-000000000000000001.jsonl");
        Files.writeString(file, Files.readString(file).replace("ann", "eve"));

        assertThat(verify())
                .containsEntry("intact", false)
                .containsEntry("nodes", Map.of("node1", "intact", "node2", "not what it was from entry 1 on"));
    }

    private Map<String, Object> verify() {
        Subject ann = new Subject("ann", Set.of("admin"), Set.of(), "rest", "local");
        return new VerifyAudit(cluster).run(new Call(ann, Optional.empty(), Map.of()));
    }

    private List<String> names(String... filters) throws ObjectException {
        List<Condition> conditions = new ArrayList<>();
        for (String filter : filters) {
            String[] parts = filter.split("[=~]", 2);
            conditions.add(new Condition(parts[0], filter.contains("~") ? Operator.CONTAINS : Operator.IS, parts[1]));
        }
        return kind.query(new ObjectQuery("audit", conditions, 100, Optional.empty())).objects().stream()
                .map(Observed::name)
                .toList();
    }

    private void record(String node, String user, String action, String object, Outcome outcome) {
        Objects.requireNonNull(logs.get(node)).record(new Event(user, "local", "rest", action, object, outcome, ""));
    }

    /** Three nodes, of which the last does not answer. */
    private final class Cluster implements ClusterService {
        @Override
        public List<ClusterNode> nodes() {
            return List.of(node("node1"), node("node2"), node("node3"));
        }

        private ClusterNode node(String name) {
            Member member = new Member(UUID.randomUUID(), name, "localhost", 1, 2, Set.of(), List.of());
            return new ClusterNode(member, ClusterNode.Status.JOINED, Optional.empty(), false, false);
        }

        @Override
        public CompletableFuture<Void> caughtUp() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Map<String, CompletableFuture<byte[]>> ask(String question, byte[] argument, Duration timeout) {
            Map<String, CompletableFuture<byte[]>> answers = new HashMap<>();
            logs.forEach((node, log) ->
                    answers.put(node, CompletableFuture.completedFuture(new AuditQuestion(log).answer(argument))));
            answers.put("node3", CompletableFuture.failedFuture(new TimeoutException("no answer")));
            return answers;
        }
    }
}
