package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Test;

/** Node 0 has a large file; the others fetch it in parts. */
public class LargeContentTest extends ThreeNodes {
    private static final int SIZE = 3_000_000;
    private static final int PART = 700_000;
    private static final StatePath KAR = new StatePath("deploy/large.kar");

    private BlobId putLarge() throws StateException {
        clock.tick();
        nodes.get(0).commit(Change.of(Map.of(KAR, new Noise(SIZE)), Set.of(), author(0), "Put the large one"));
        return Optional.ofNullable(nodes.get(0).head().files().get(KAR)).orElseThrow();
    }

    /** Has a node receive a content until it has so many bytes of it. */
    private long fetch(int from, int to, BlobId blob, long until) throws StateException {
        long size = nodes.get(from).size(blob);
        long have = nodes.get(to).received(blob);
        while (have < Math.min(until, size)) {
            have = nodes.get(to).receive(blob, size, have, nodes.get(from).read(blob, have, PART));
        }
        return have;
    }

    private void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    public void travelsInPartsAndIsIncludedWhenItIsWhole() throws Exception {
        BlobId blob = putLarge();
        CommitId head = put(0, "deploy/small", "1");
        assertThat(pack(0).length).isLessThan(5_000);
        send(0, 1, head);

        assertThat(nodes.get(1).missing(head)).containsExactly(blob);
        assertRefused(Reason.NOT_FOUND, () -> nodes.get(1).include(head));
        assertRefused(Reason.NOT_FOUND, () -> nodes.get(1).accept(head));
        fetch(0, 1, blob, SIZE);

        assertThat(nodes.get(1).missing(head)).isEmpty();
        assertThat(nodes.get(1).include(head)).isEqualTo(head);
        assertThat(nodes.get(1).head().content(KAR).orElseThrow().bytes())
                .isEqualTo(new Noise(SIZE).open().readAllBytes());
        assertThat(directory(1).resolve("incoming")).isEmptyDirectory();
        nodes.get(1).close();
        assertThat(RepositoryCheck.commits(directory(1))).isEqualTo(3);
    }

    @Test
    public void isRepackedAndReadByOtherGitPrograms() throws Exception {
        putLarge();
        CommitId head = put(0, "deploy/small", "1");
        send(0, 1, head);
        for (BlobId blob : nodes.get(1).missing(head)) {
            fetch(0, 1, blob, SIZE);
        }
        nodes.get(1).include(head);

        inRepository(1, store -> {
            try (Housekeeping housekeeping = new Housekeeping(store, clock, 10)) {
                housekeeping.repack(clock.instant());
            }
            return head;
        });

        assertThat(nodes.get(1).head().content(KAR).orElseThrow().bytes())
                .isEqualTo(new Noise(SIZE).open().readAllBytes());
        nodes.get(1).close();
        assertThat(RepositoryCheck.commits(directory(1))).isEqualTo(3);
    }

    @Test
    public void goesOnAfterARestartFromAnotherNode() throws Exception {
        BlobId blob = putLarge();
        for (int to : new int[] {1, 2}) {
            send(0, to, head(0));
        }
        fetch(0, 2, blob, SIZE);
        fetch(0, 1, blob, 2L * PART);

        reopen(1);

        assertThat(nodes.get(1).received(blob)).isEqualTo(2L * PART);
        assertThat(fetch(2, 1, blob, SIZE)).isEqualTo(SIZE);
        assertThat(nodes.get(1).include(head(0))).isEqualTo(head(0));
    }

    @Test
    public void partsMayOverlapButLeaveNoGap() throws Exception {
        BlobId blob = putLarge();
        byte[] begin = nodes.get(0).read(blob, 0, 1000);

        assertThat(nodes.get(1).receive(blob, SIZE, 0, begin)).isEqualTo(1000);
        assertThat(nodes.get(1).receive(blob, SIZE, 500, nodes.get(0).read(blob, 500, 1000)))
                .isEqualTo(1500);
        assertThat(nodes.get(1).receive(blob, SIZE, 0, begin)).isEqualTo(1500);
        assertRefused(Reason.INVALID, () -> nodes.get(1).receive(blob, SIZE, 1501, begin));
        assertThat(fetch(0, 1, blob, SIZE)).isEqualTo(SIZE);
        assertThat(nodes.get(1).receive(blob, SIZE, 0, begin))
                .as("what came late")
                .isEqualTo(SIZE);
    }

    @Test
    public void otherBytesThanTheIdSaysAreNeverRead() throws Exception {
        BlobId blob = putLarge();
        byte[] whole = nodes.get(0).read(blob, 0, SIZE);
        whole[SIZE / 2]++;

        assertRefused(Reason.INVALID, () -> nodes.get(1).receive(blob, SIZE, 0, whole));
        assertThat(nodes.get(1).received(blob)).isZero();
        assertRefused(Reason.NOT_FOUND, () -> nodes.get(1).size(blob));
        assertRefused(Reason.NOT_FOUND, () -> nodes.get(1).read(blob, 0, 1));
        assertRefused(Reason.INVALID, () -> nodes.get(1).receive(blob, SIZE - 1, 0, new byte[SIZE]));

        assertThat(fetch(0, 1, blob, SIZE)).isEqualTo(SIZE);
    }

    @Test
    public void readsRangesInAnyOrder() throws Exception {
        BlobId blob = putLarge();
        byte[] expected = new Noise(SIZE).open().readAllBytes();
        for (int offset : new int[] {0, 1000, 1000, 2000, 2_999_000, 0, SIZE}) {
            byte[] range = nodes.get(0).read(blob, offset, 1000);

            assertThat(range).hasSize(Math.min(1000, SIZE - offset));
            assertThat(range).isEqualTo(Arrays.copyOfRange(expected, offset, offset + range.length));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> nodes.get(0).read(blob, SIZE + 1, 1));
    }

    @Test
    public void whatNobodyGoesOnWithIsDeletedAfterADay() throws Exception {
        BlobId blob = putLarge();
        fetch(0, 1, blob, PART);
        fetch(0, 2, blob, PART);
        age(1, blob, Duration.ofHours(23));
        age(2, blob, Duration.ofHours(25));

        reopen(1);
        reopen(2);

        assertThat(nodes.get(1).received(blob)).isEqualTo(PART);
        assertThat(nodes.get(2).received(blob)).isZero();
    }

    private void age(int node, BlobId blob, Duration age) throws IOException {
        Path file = directory(node).resolve("incoming").resolve(blob.value());
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(age)));
    }
}
