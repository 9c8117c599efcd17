package io.serai.state.internal;

import static io.serai.state.internal.RepositoryFixture.ANN;
import static io.serai.state.internal.RepositoryFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Pace;
import io.serai.api.state.PathDifference;
import io.serai.api.state.Revision;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class HistoryTest {
    @Rule
    public final RepositoryFixture fixture = new RepositoryFixture();

    private CommitId first;
    private CommitId second;
    private CommitId third;

    @Before
    public void commitThreeTimes() throws StateException {
        first = fixture.put("deploy/a.txt", "one\ntwo\n");
        second = fixture.put("groups/cpu/deploy/b.txt", "b\n");
        third = fixture.put("deploy/a.txt", "one\n2\n");
    }

    @Test
    public void logsBackwardsAllOrWhatConcernsOneFileOrFolder() throws StateException {
        assertThat(fixture.repository().log(Optional.empty(), 2))
                .extracting(Revision::commit)
                .containsExactly(third, second);
        assertThat(log("deploy/a.txt")).containsExactly(third, first);
        assertThat(log("deploy")).containsExactly(third, first);
        assertThat(log("groups")).containsExactly(second);
        assertThat(log("groups/cp")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.repository().log(Optional.empty(), 0));
    }

    @Test
    public void logsWhatOneCommitHasBeyondAnother() throws StateException {
        assertThat(fixture.repository().log(first, third))
                .extracting(Revision::commit)
                .containsExactly(third, second);
        assertThat(fixture.repository().log(second, third))
                .extracting(Revision::commit)
                .containsExactly(third);
        assertThat(fixture.repository().log(third, third)).isEmpty();
        assertThat(fixture.repository().log(third, first)).isEmpty();
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository().log(third, new CommitId("0".repeat(39) + "1")))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @Test
    public void tellsWhatIsRecordedOfOneCommit() throws StateException {
        Revision revision = fixture.repository().revision(second);

        assertThat(revision)
                .isEqualTo(fixture.repository().log(Optional.empty(), 2).get(1));
        assertThat(revision.message()).isEqualTo("Put groups/cpu/deploy/b.txt");
        assertThat(revision.author()).isEqualTo(ANN);
        CommitId absent = new CommitId("0".repeat(39) + "1");
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository().revision(absent))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @Test
    public void namesWhatDiffersBetweenTwoCommits() throws StateException {
        CommitId fourth = fixture.remove("deploy/a.txt");

        assertThat(fixture.repository().diff(first, fourth))
                .extracting(PathDifference::path)
                .containsExactly(new StatePath("deploy/a.txt"), new StatePath("groups/cpu/deploy/b.txt"));
        PathDifference removed = fixture.repository().diff(first, fourth).get(0);
        assertThat(removed.before()).map(fixture::read).contains("one\ntwo\n");
        assertThat(removed.after()).isEmpty();
        assertThat(fixture.repository().diff(third, third)).isEmpty();
    }

    @Test
    public void printsUnifiedDifferencesAndOnlyNamesBinaryFiles() throws StateException {
        fixture.repository()
                .commit(Change.of(
                        Map.of(
                                new StatePath("deploy/\u00fc.jar"),
                                Content.of(new byte[] {1, 0, 2}),
                                new StatePath("deploy/large.jar"),
                                new Noise(3 << 20)),
                        Set.of(),
                        ANN,
                        "Put"));
        CommitId head = fixture.repository().head().commit();

        assertThat(fixture.repository().patch(first, head, Optional.empty()))
                .contains("--- a/deploy/a.txt\n+++ b/deploy/a.txt\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n")
                .contains("b/deploy/\u00fc.jar")
                .contains("b/deploy/large.jar")
                .contains("Binary files differ")
                .contains("+++ b/groups/cpu/deploy/b.txt\n@@ -0,0 +1 @@\n+b\n")
                .hasSizeLessThan(2000);
        assertThat(fixture.repository().patch(first, head, Optional.of(new StatePath("groups/cpu"))))
                .contains("b.txt")
                .doesNotContain("a.txt");
    }

    @Test
    public void asksForPaceOnlyWhereItIsWanted() throws StateException {
        CommitId reverted = fixture.repository().revert(second, BOB, Pace.ROLLING);
        assertThat(fixture.repository().revision(reverted).pace()).isEqualTo(Pace.ROLLING);

        CommitId again = fixture.repository().revert(reverted, BOB);
        assertThat(fixture.repository().revision(again).pace()).isEqualTo(Pace.AT_ONCE);

        CommitId restored =
                fixture.repository().restore(first, Set.of(new StatePath("deploy/a.txt")), BOB, Pace.ROLLING);
        assertThat(fixture.repository().revision(restored).pace()).isEqualTo(Pace.ROLLING);
        assertThat(fixture.repository().revision(restored).message()).startsWith("Restore deploy/a.txt as of ");
    }

    @Test
    public void revertUndoesOneCommitAndLeavesTheOthers() throws StateException {
        CommitId reverted = fixture.repository().revert(second, BOB);

        assertThat(fixture.files()).isEqualTo(Map.of("deploy/a.txt", "one\n2\n"));
        Revision revision = fixture.repository().log(Optional.empty(), 1).get(0);
        assertThat(revision.commit()).isEqualTo(reverted);
        assertThat(revision.author()).isEqualTo(BOB);
        assertThat(revision.message())
                .startsWith("Revert \"Put groups/cpu/deploy/b.txt\"")
                .contains(second.value());
        assertThat(fixture.repository().revert(reverted, BOB)).isNotEqualTo(reverted);
        assertThat(fixture.files()).hasSize(2);
    }

    @Test
    public void revertRefusesWhatHasChangedAgain() {
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository().revert(first, BOB))
                .withMessageContainingAll("deploy/a.txt", "Ann", third.shortValue())
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT));
    }

    @Test
    public void restoreBringsBackOneFileOrEverythingRemovalsIncluded() throws StateException {
        fixture.repository().restore(first, Set.of(new StatePath("deploy/a.txt")), BOB);
        assertThat(fixture.files()).isEqualTo(Map.of("deploy/a.txt", "one\ntwo\n", "groups/cpu/deploy/b.txt", "b\n"));

        fixture.repository().restore(first, Set.of(new StatePath("groups/cpu/deploy/b.txt")), BOB);
        assertThat(fixture.files()).containsOnlyKeys("deploy/a.txt");

        CommitId restored = fixture.repository().restore(third, Set.of(), BOB);
        assertThat(fixture.files()).isEqualTo(Map.of("deploy/a.txt", "one\n2\n", "groups/cpu/deploy/b.txt", "b\n"));
        assertThat(fixture.repository().restore(third, Set.of(), BOB)).isEqualTo(restored);
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository().restore(first, Set.of(new StatePath("deploy/x.txt")), BOB))
                .withMessageContaining("deploy/x.txt")
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @Test
    public void resolvesWhatPeopleWrite() throws StateException {
        GitStateRepository repository = fixture.repository();
        for (String revision : List.of(
                "HEAD", "main", "HEAD~0", third.value(), third.shortValue().toUpperCase(Locale.ROOT))) {
            assertThat(repository.resolve(revision)).as(revision).isEqualTo(third);
        }
        for (String revision : List.of("HEAD~2", "HEAD^^", "HEAD~^", second.shortValue() + "~1", " HEAD~2 ")) {
            assertThat(repository.resolve(revision)).as(revision).isEqualTo(first);
        }
    }

    @Test
    public void saysWhyNoCommitIsMeant() {
        assertNotFound("HEAD~99", "only 3 commits");
        assertNotFound("0000000", "no commit begins with 0000000");
        assertNotFound("0".repeat(39) + "1", "no commit begins");
        assertNotFound("abc", "at least 4 digits");
        assertNotFound("main@{yesterday}", "HEAD~n");
        assertNotFound(fixture.blob("deploy/a.txt").value(), "no commit");
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository().at(new CommitId("0".repeat(39) + "1")))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    private void assertNotFound(String revision, String why) {
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository().resolve(revision))
                .withMessageContainingAll(revision, why)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    private List<CommitId> log(String path) throws StateException {
        return fixture.repository().log(Optional.of(new StatePath(path)), 99).stream()
                .map(Revision::commit)
                .toList();
    }
}
