package io.serai.state.internal;

import static io.serai.state.internal.RepositoryFixture.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

public class AdmissionTest {
    @Rule
    public final RepositoryFixture fixture = new RepositoryFixture();

    /** Refuses files of one ending that contain a word. */
    private record WordValidator(String ending, String word) implements ContentValidator {
        @Override
        public boolean handles(StatePath path) {
            return path.isBelow("deploy") && path.value().endsWith(ending);
        }

        @Override
        public void validate(StatePath path, Content content) throws StateException {
            try {
                if (new String(content.bytes(), StandardCharsets.UTF_8).contains(word)) {
                    throw new StateException(Reason.INVALID, "it says " + word, null);
                }
            } catch (IOException e) {
                throw new StateException(Reason.IO, "cannot be read", e);
            }
        }
    }

    @Test
    public void collectsAllRefusalsOfAllValidatorsAndChangesNothing() {
        fixture.repository().validators =
                List.of(new WordValidator(".java", "goto"), new WordValidator("a.java", "evil"));
        CommitId head = fixture.repository().head().commit();

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> put(Map.of(
                        "deploy/a.java", "goto evil",
                        "groups/cpu/deploy/b.java", "goto",
                        "nodes/node2/deploy/c.java", "fine",
                        "deploy/d.jar", "goto",
                        "other/e.java", "goto")))
                .withMessageContainingAll("groups/cpu/deploy/b.java: it says goto", "other/e.java")
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
                    assertThat(refusal.paths())
                            .containsOnlyKeys(
                                    new StatePath("deploy/a.java"),
                                    new StatePath("groups/cpu/deploy/b.java"),
                                    new StatePath("other/e.java"))
                            .containsEntry(new StatePath("deploy/a.java"), "it says goto; it says evil");
                });
        assertThat(fixture.repository().head().commit()).isEqualTo(head);
        assertThat(fixture.files()).isEmpty();
    }

    @Test
    public void asksTheValidatorsAlsoWhenOldContentComesBack() throws StateException {
        CommitId old = put(Map.of("deploy/a.java", "goto"));
        fixture.remove("deploy/a.java");
        fixture.repository().validators = List.of(new WordValidator(".java", "goto"));

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository().restore(old, Set.of(), ANN))
                .withMessageContaining("deploy/a.java: it says goto");
    }

    private CommitId put(Map<String, String> files) throws StateException {
        return fixture.repository().commit(RepositoryFixture.put(Optional.empty(), ANN, files));
    }

    @Test
    public void refusesAChangeWhoseFilesAreRightButNotTheWhole() throws Exception {
        put(Map.of("deploy/a.java", "fine", "deploy/b.java", "needs a"));
        fixture.repository().changeValidators = List.of((before, targets) -> {
            StatePath needed = new StatePath("deploy/a.java");
            if (before.files().containsKey(needed)
                    && Objects.requireNonNull(targets.get(needed)).isEmpty()) {
                throw new StateException(
                        Reason.INVALID, "refused", Map.of(needed, "b.java needs it; remove b.java first"), null);
            }
        });
        CommitId head = fixture.repository().head().commit();
        Change removal =
                Change.of(Map.of(), Set.of(new StatePath("deploy/a.java")), ANN, "remove what another one needs");

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository().commit(removal))
                .withMessageContaining("deploy/a.java: b.java needs it");
        assertThat(fixture.repository().head().commit()).isEqualTo(head);
    }
}
