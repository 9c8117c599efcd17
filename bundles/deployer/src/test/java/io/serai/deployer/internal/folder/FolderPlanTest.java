package io.serai.deployer.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.BlobId;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

public class FolderPlanTest {
    private static final BlobId ONE = new BlobId("1".repeat(40));
    private static final BlobId TWO = new BlobId("2".repeat(40));
    private static final BlobId THREE = new BlobId("3".repeat(40));

    private static FolderPlan plan(Map<String, BlobId> folder, Map<String, BlobId> state, Map<String, BlobId> common) {
        return FolderPlan.of(Set.of("a"), folder, state, common);
    }

    @Test
    public void whatChangedInTheFolderIsCommitted() {
        assertThat(plan(Map.of("a", TWO), Map.of("a", ONE), Map.of("a", ONE)).commits())
                .containsEntry("a", TWO);
        assertThat(plan(Map.of("a", TWO), Map.of(), Map.of()).commits()).containsEntry("a", TWO);
        assertThat(plan(Map.of(), Map.of("a", ONE), Map.of("a", ONE)).removals())
                .containsExactly("a");
    }

    @Test
    public void whatChangedInTheStateIsWritten() {
        assertThat(plan(Map.of("a", ONE), Map.of("a", TWO), Map.of("a", ONE)).writes())
                .containsEntry("a", TWO);
        assertThat(plan(Map.of(), Map.of("a", TWO), Map.of()).writes()).containsEntry("a", TWO);
        assertThat(plan(Map.of("a", ONE), Map.of(), Map.of("a", ONE)).deletions())
                .containsExactly("a");
    }

    @Test
    public void ofTwoChangesTheFileIsCommittedOnTop() {
        assertThat(plan(Map.of("a", THREE), Map.of("a", TWO), Map.of("a", ONE)).commits())
                .containsEntry("a", THREE);
        assertThat(plan(Map.of("a", THREE), Map.of("a", TWO), Map.of()).commits())
                .containsEntry("a", THREE);
    }

    @Test
    public void contentWinsOverDeletion() {
        assertThat(plan(Map.of("a", TWO), Map.of(), Map.of("a", ONE)).commits()).containsEntry("a", TWO);
        assertThat(plan(Map.of(), Map.of("a", TWO), Map.of("a", ONE)).writes()).containsEntry("a", TWO);
    }

    @Test
    public void nothingIsDoneWhereBothAgree() {
        FolderPlan same = plan(Map.of("a", TWO), Map.of("a", TWO), Map.of("a", ONE));
        assertThat(same.agreed()).containsKey("a");
        assertThat(same.commits()).isEmpty();
        assertThat(same.writes()).isEmpty();
        FolderPlan gone = plan(Map.of(), Map.of(), Map.of("a", ONE));
        assertThat(gone.agreed()).containsKey("a");
        assertThat(gone.removals()).isEmpty();
    }
}
