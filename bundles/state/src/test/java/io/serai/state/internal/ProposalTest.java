package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.ChangeForwarder;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.Revision;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.Test;

/** Node 0 leads; the others have it append what they change. */
public class ProposalTest extends ThreeNodes {
    private static final StatePath ORDERS = new StatePath("deploy/orders.java");

    /** Brings proposals of one node to the leader, and what comes of them back. */
    private final class Forwarder implements ChangeForwarder {
        private final int node;
        private int forwarded;
        private boolean answering = true;
        private boolean includes = true;

        Forwarder(int node) {
            this.node = node;
            nodes.get(node).forwarder = this;
        }

        @Override
        public boolean forwards() {
            return true;
        }

        @Override
        public Optional<CommitId> forward(CommitId proposal) throws StateException {
            forwarded++;
            clock.tick();
            try {
                send(node, 0, proposal);
                StateException refusal = null;
                try {
                    nodes.get(0).accept(proposal);
                } catch (StateException e) {
                    refusal = e;
                }
                if (!answering) {
                    return Optional.empty();
                }
                if (refusal == null || includes) {
                    pull(0, node);
                }
                if (refusal != null) {
                    throw refusal;
                }
                return Optional.of(head(node));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private static Change change(Optional<CommitId> base, String path, String text) {
        return new Change(
                Map.of(new StatePath(path), RepositoryFixture.text(text)), Set.of(), author(1), "Put " + path, base);
    }

    @Test
    public void leaderMovesToAProposalOnItsHead() throws Exception {
        Forwarder forwarder = new Forwarder(1);

        CommitId after = put(1, "deploy/a", "1");

        assertThat(head(0)).isEqualTo(head(1)).isEqualTo(after);
        assertThat(forwarder.forwarded).isEqualTo(1);
        assertThat(nodes.get(0).accept(after)).isEqualTo(after);
        assertThat(nodes.get(0).log(Optional.empty(), 9)).hasSize(2);
    }

    @Test
    public void proposalOnAnOldHeadIsPutOnTopAsOfItsAuthor() throws Exception {
        Forwarder forwarder = new Forwarder(1);
        CommitId before = put(0, "deploy/b", "of the leader");

        put(1, "deploy/a", "of node 2");

        Revision last = nodes.get(0).log(Optional.empty(), 1).get(0);
        assertThat(head(1)).isEqualTo(head(0)).isEqualTo(last.commit());
        assertThat(last.parents()).containsExactly(before);
        assertThat(last.author()).isEqualTo(new Author("user1", "shell"));
        assertThat(last.message()).isEqualTo("Put deploy/a");
        assertThat(nodes.get(1).head().files()).hasSize(2);
        assertThat(forwarder.forwarded).isEqualTo(1);
        PersonIdent author = author(0, last.commit());
        assertThat(author.getEmailAddress()).isEqualTo("shell@node2");
        assertThat(author.getWhenAsInstant()).isEqualTo(clock.instant().minusSeconds(1));
    }

    private PersonIdent author(int node, CommitId commit) throws Exception {
        return inRepository(node, store -> store.commit(commit).getAuthorIdent());
    }

    @Test
    public void proposalThatComesAgainIsStillOneChange() throws Exception {
        Forwarder forwarder = new Forwarder(1);
        forwarder.answering = false;
        put(2, "deploy/b", "of node 3");
        pull(2, 0);
        CommitId proposal = put(1, ORDERS.value(), "of node 2, which does not hear that it is done");
        CommitId merged = pull(2, 1);
        nodes.get(1).forwarder = null;
        remove(1, ORDERS.value());

        pull(1, 0);
        nodes.get(0).accept(proposal);
        nodes.get(0).accept(merged);

        assertThat(nodes.get(0).head().files()).containsOnlyKeys(new StatePath("deploy/b"));
        assertThat(nodes.get(0).conflicts()).isEmpty();
        assertThat(pull(0, 1)).isEqualTo(head(0));
    }

    @Test
    public void refusesAFileThatWasTouchedAndIsAgainAsItWas() throws Exception {
        put(0, ORDERS.value(), "1");
        pull(0, 1);
        Forwarder forwarder = new Forwarder(1);
        forwarder.includes = false;
        put(0, ORDERS.value(), "2");
        put(0, ORDERS.value(), "1");

        assertRefused(Reason.CONFLICT, () -> put(1, ORDERS.value(), "of node 2"));
    }

    @Test
    public void parentThatTheLeaderLacksIsMergedFirst() throws Exception {
        put(0, "deploy/a", "of the leader");
        put(1, "deploy/b", "of node 2, alone");
        new Forwarder(1);

        put(1, "deploy/c", "of node 2");

        assertThat(head(1)).isEqualTo(head(0));
        assertThat(nodes.get(0).head().files()).hasSize(3);
        List<Revision> log = nodes.get(0).log(Optional.empty(), 2);
        assertThat(log.get(0).message()).isEqualTo("Put deploy/c");
        assertThat(log.get(1).parents()).hasSize(2);
    }

    @Test
    public void refusesAFileThatHasChangedSinceAndChangesNothing() throws Exception {
        CommitId base = put(0, ORDERS.value(), "0");
        pull(0, 1);
        Forwarder forwarder = new Forwarder(1);
        CommitId leader = put(0, ORDERS.value(), "of the leader");

        assertRefused(
                Reason.CONFLICT, () -> nodes.get(1).commit(change(Optional.of(base), ORDERS.value(), "of node 2")));
        forwarder.includes = false;
        CommitId newest = put(0, ORDERS.value(), "of the leader again");
        assertRefused(Reason.CONFLICT, () -> put(1, ORDERS.value(), "of node 2"));

        assertThat(head(1)).isEqualTo(leader);
        assertThat(head(0)).isEqualTo(newest);
    }

    @Test
    public void changeOfWhateverIsThereIsProposedAnew() throws Exception {
        put(0, ORDERS.value(), "0");
        pull(0, 1);
        Forwarder forwarder = new Forwarder(1);
        put(0, ORDERS.value(), "of the leader");

        put(1, ORDERS.value(), "of node 2");

        assertThat(text(0, ORDERS)).isEqualTo("of node 2");
        assertThat(head(1)).isEqualTo(head(0));
        assertThat(forwarder.forwarded).isEqualTo(2);
    }

    @Test
    public void nodeAppendsItselfWhenNobodyAnswers() throws Exception {
        Forwarder forwarder = new Forwarder(1);
        forwarder.answering = false;

        CommitId first = put(1, "deploy/a", "1");

        assertThat(head(1)).isEqualTo(first);
        assertThat(head(0)).as("the leader has done it, late").isEqualTo(first);

        put(0, "deploy/b", "of the leader");
        put(1, "deploy/c", "of node 2");
        forwarder.answering = true;
        pull(0, 1);
        pull(1, 0);

        assertThat(nodes.get(0).head().files()).hasSize(3);
        assertThat(head(0)).isEqualTo(head(1));
        assertThat(nodes.get(0).conflicts()).isEmpty();
    }

    @Test
    public void validatorsOfTheLeaderSeeWhatIsPut() throws Exception {
        new Forwarder(1);
        nodes.get(0).validators = List.of(new ContentValidator() {
            @Override
            public boolean handles(StatePath path) {
                return true;
            }

            @Override
            public void validate(StatePath path, Content content) throws StateException {
                try {
                    throw new StateException(
                            Reason.INVALID, new String(content.bytes(), StandardCharsets.UTF_8) + " is evil", null);
                } catch (IOException e) {
                    throw new StateException(Reason.IO, "cannot be read", e);
                }
            }
        });
        CommitId before = head(0);

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> put(1, "deploy/a", "goto"))
                .withMessageContaining("deploy/a: goto is evil");
        assertThat(head(0)).isEqualTo(head(1)).isEqualTo(before);
    }

    @Test
    public void restoreRevertAndRemovalAreForwardedAndWhatAltersNothingIsNot() throws Exception {
        Forwarder forwarder = new Forwarder(1);
        CommitId put = put(1, ORDERS.value(), "1");
        CommitId removed = remove(1, ORDERS.value());

        clock.tick();
        nodes.get(1).restore(put, Set.of(), author(1));
        assertThat(text(0, ORDERS)).isEqualTo("1");
        clock.tick();
        CommitId head = nodes.get(1).revert(put, author(1));

        assertThat(nodes.get(0).head().files()).isEmpty();
        assertThat(forwarder.forwarded).isEqualTo(4);
        assertThat(remove(1, ORDERS.value())).isEqualTo(head).isNotEqualTo(removed);
        assertThat(forwarder.forwarded).isEqualTo(4);
    }

    @Test
    public void commitsThatWerePushedGoToTheLeaderAsTheyAre() throws Exception {
        put(2, "deploy/a", "1");
        CommitId tip = put(2, "deploy/b", "2");
        send(2, 1, tip);
        Forwarder forwarder = new Forwarder(1);
        Set<StatePath> checked = new HashSet<>();
        nodes.get(0).changeValidators = List.of((before, targets) -> checked.addAll(targets.keySet()));

        assertThat(nodes.get(1).advance(tip)).isEqualTo(tip);

        assertThat(head(0)).isEqualTo(tip);
        assertThat(forwarder.forwarded).isEqualTo(1);
        assertThat(checked)
                .as("the leader holds the whole push to the rules, not its last commit")
                .containsExactlyInAnyOrder(new StatePath("deploy/a"), new StatePath("deploy/b"));
    }

    @Test
    public void changeIsAuditedOnceWhereItWasMade() throws Exception {
        nodes.get(0).close();
        List<String> options =
                List.of("-Dorg.slf4j.simpleLogger.log.audit=info", "-Dorg.slf4j.simpleLogger.logFile=System.out");
        List<String> lines = new ArrayList<>();
        List<String> arguments = List.of("forward", directory(0).toString());
        try (ChildJvm child = ChildJvm.start(List.of(), options, Map.of(), arguments)) {
            for (String line = child.line(); !line.matches("done|\\(ended\\)"); line = child.line()) {
                lines.add(line);
            }
        }
        nodes.set(0, open(0));

        List<String> changes = lines.stream()
                .filter(line -> line.contains("Changed the state"))
                .toList();
        assertThat(changes).hasSize(3);
        assertThat(changes.get(1))
                .contains(
                        "author=child",
                        "paths=deploy/forwarded",
                        "commit=" + nodes.get(0).resolve("HEAD~1"));
        assertThat(changes.get(2)).contains("paths=deploy/unanswered", "commit=" + head(0));
    }

    @Test
    public void refusesWhatIsIncompleteOrNoChangeOfFiles() throws Exception {
        CommitId base = head(0);
        CommitId absent = put(1, "deploy/a", "1");
        assertRefused(Reason.NOT_FOUND, () -> nodes.get(0).accept(absent));
        CommitId link = write(0, base, FileMode.SYMLINK, "deploy");
        CommitId elsewhere = write(0, base, FileMode.REGULAR_FILE, "elsewhere");

        assertRefused(Reason.INVALID, () -> nodes.get(0).accept(link));
        assertRefused(Reason.INVALID, () -> nodes.get(0).accept(elsewhere));
        put(0, "deploy/A", "1");
        CommitId merge = pull(1, 0);
        assertThat(nodes.get(0).revision(merge).parents()).hasSize(2);
        send(0, 2, merge);
        assertRefused(Reason.INVALID, () -> nodes.get(2).accept(merge));
        assertThat(head(2)).isEqualTo(base);
    }

    /** Writes a commit as another program could. */
    private CommitId write(int node, CommitId parent, FileMode mode, String folder) throws Exception {
        return inRepository(node, store -> {
            try (ObjectBatch batch = store.batch(0)) {
                String blob = batch.insert(RepositoryFixture.text("target"), Optional.empty())
                        .value();
                TreeFormatter inner = new TreeFormatter();
                inner.append("a", mode, ObjectId.fromString(blob));
                TreeFormatter tree = new TreeFormatter();
                tree.append(folder, FileMode.TREE, batch.insert(inner));
                CommitBuilder commit = new CommitBuilder();
                commit.setTreeId(batch.insert(tree));
                commit.setParentId(ObjectId.fromString(parent.value()));
                commit.setAuthor(CommitAuthors.toGit(author(node), "node", clock.instant()));
                commit.setCommitter(commit.getAuthor());
                commit.setMessage("by hand");
                return new CommitId(batch.insert(commit).name());
            }
        });
    }

    @Test
    public void manyWhoChangeAtATimeAllGetTheirCommit() throws Exception {
        new Forwarder(1);
        new Forwarder(2);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<CommitId>> done = IntStream.range(0, 60)
                .mapToObj(i -> threads.submit(
                        () -> nodes.get(i % 3).commit(change(Optional.empty(), "deploy/" + i, "text " + i))))
                .toList();
        threads.shutdown();
        for (Future<CommitId> each : done) {
            each.get();
        }
        pull(0, 1);
        pull(0, 2);

        assertThat(head(1)).isEqualTo(head(0)).isEqualTo(head(2));
        assertThat(nodes.get(2).head().files()).hasSize(60);
        assertThat(nodes.get(0).log(Optional.empty(), 99))
                .as("a line")
                .hasSize(61)
                .noneMatch(revision -> revision.parents().size() > 1);
    }
}
