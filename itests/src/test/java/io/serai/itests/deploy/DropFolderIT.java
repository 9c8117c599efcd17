package io.serai.itests.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.itests.node.CommandLine;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The drop folder as people and tools use it. */
public class DropFolderIT {
    private static final Duration FULL_SCAN = Duration.ofSeconds(45);

    @ClassRule
    public static final NodeProcess NODE = new NodeProcess();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void takesWhatCpMvAndRsyncBring() throws IOException {
        for (String tool : List.of("cp", "mv", "rsync")) {
            String type = "By" + tool;
            Path source = folder.newFile(type + ".java").toPath();
            Files.writeString(source, TestBundle.serviceSource(type, type, "one"));
            run(tool, source.toString(), NODE.deploy() + "/");
            NODE.awaitAnswer("/" + type, "one");

            // of another length: rsync takes files of one length and second for the same
            Files.writeString(source, TestBundle.serviceSource(type, type, "second"));
            run(tool, source.toString(), NODE.deploy() + "/");
            NODE.awaitAnswer("/" + type, "second");
        }
    }

    @Test
    public void takesSaveOfAnEditorThatRenames() throws IOException {
        Path file = NODE.deploy().resolve("Edited.java");
        Files.writeString(file, TestBundle.serviceSource("Edited", "edited", "one"));
        NODE.awaitAnswer("/edited", "one");

        Path backup = NODE.deploy().resolve("Edited.java~");
        Files.move(file, backup);
        Path swap = NODE.deploy().resolve(".Edited.java.swp");
        Files.writeString(swap, TestBundle.serviceSource("Edited", "edited", "two"));
        Files.move(swap, file, StandardCopyOption.ATOMIC_MOVE);

        NODE.awaitAnswer("/edited", "two");
        assertThat(NODE.verdict("Edited.java~")).isEmpty();
        Files.delete(backup);
    }

    @Test
    public void waitsForCopyThatStalls() throws IOException {
        byte[] jar = TestBundle.bundle("folder.stalled", "1.0.0")
                .service("Stalled", "stalled", "whole")
                .jar();
        try (OutputStream out = Files.newOutputStream(NODE.deploy().resolve("stalled.jar"))) {
            out.write(Arrays.copyOf(jar, jar.length / 2));
            out.flush();
            awaitSilence("stalled.jar");
            out.write(jar, jar.length / 2, jar.length - jar.length / 2);
        }
        NODE.awaitAnswer("/stalled", "whole");
    }

    @Test
    public void waitsForTheRestOfWhatIsAppendedInPieces() throws IOException {
        byte[] jar = TestBundle.bundle("folder.pieces", "1.0.0")
                .service("Pieces", "pieces", "complete")
                .jar();
        byte[] source = TestBundle.serviceSource("Lines", "lines", "complete").getBytes(StandardCharsets.UTF_8);
        append("pieces.jar", jar, 0, jar.length / 3);
        append("Lines.java", source, 0, source.length / 3);
        awaitSilence("pieces.jar", "Lines.java");
        append("pieces.jar", jar, jar.length / 3, jar.length / 2);
        append("Lines.java", source, source.length / 3, source.length / 2);
        awaitSilence("pieces.jar", "Lines.java");
        append("pieces.jar", jar, jar.length / 2, jar.length);
        append("Lines.java", source, source.length / 2, source.length);

        NODE.awaitAnswer("/pieces", "complete");
        NODE.awaitAnswer("/lines", "complete");
        assertThat(NODE.log()).doesNotContain("failed: path=deploy/pieces.jar", "failed: path=deploy/Lines.java");
    }

    /** Writes a part of a content to the end of a file, as a program does that opens it for each part. */
    private static void append(String name, byte[] content, int from, int to) throws IOException {
        Files.write(
                NODE.deploy().resolve(name),
                Arrays.copyOfRange(content, from, to),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static void awaitSilence(String... names) {
        await("nothing to happen meanwhile")
                .during(Duration.ofMillis(2500))
                .atMost(Duration.ofSeconds(5))
                .until(() ->
                        Stream.of(names).allMatch(name -> NODE.verdict(name).isEmpty()));
    }

    @Test
    public void seesChangeThatKeepsTimeAndLength() throws IOException {
        Path file = NODE.deploy().resolve("Same.java");
        Files.writeString(file, TestBundle.serviceSource("Same", "same", "aaa"));
        NODE.awaitAnswer("/same", "aaa");
        FileTime time = Files.getLastModifiedTime(file);

        Files.writeString(file, TestBundle.serviceSource("Same", "same", "bbb"));
        Files.setLastModifiedTime(file, time);

        NODE.awaitAnswer("/same", "bbb");
    }

    @Test
    public void rollsBackArtifactAndItsFile() throws IOException {
        NODE.deploy("Rolled.java", TestBundle.serviceSource("Rolled", "rolled", "one"));
        NODE.deploy("Rolled.java", TestBundle.serviceSource("Rolled", "rolled", "two"));

        CommandLine.Result result = NODE.serai("shell", "deploy:rollback Rolled.java");

        assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isZero();
        NODE.awaitAnswer("/rolled", "one");
        await("the file to follow").until(() -> Files.readString(NODE.deploy().resolve("Rolled.java"))
                .contains("\"one\""));
    }

    @Test
    public void servesOnWhenFolderVanishes() throws IOException {
        NODE.deploy("Lasting.java", TestBundle.serviceSource("Lasting", "lasting", "here"));
        Path moved = NODE.folder().resolve("deploy.moved");

        Files.move(NODE.deploy(), moved);

        await("the folder to be laid out again, at the next full scan")
                .atMost(FULL_SCAN)
                .until(() -> Files.exists(NODE.deploy().resolve("Lasting.java")));
        assertThat(NODE.get("/lasting").body()).contains("here");
        NODE.deploy("After.java", TestBundle.serviceSource("After", "after", "taken"));
        assertThat(NODE.get("/after").body()).contains("taken");
    }

    private static void run(String... command) throws IOException {
        CommandLine.Result result = CommandLine.run(List.of(command), Map.of());
        assertThat(result.exitCode()).as(result.err()).isZero();
    }
}
