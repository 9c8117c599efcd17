package io.serai.itests.node;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.rules.ExternalResource;

/** A small disk in memory that a node keeps its state on, and that can be filled up and protected. Needs root. */
public final class SmallDisk extends ExternalResource {
    private static final int CHUNK_BYTES = 4096;

    private final Path folder;
    private final Path filler;
    private final String size;
    private boolean sealed;

    /**
     * Makes one for a node that has not been started yet.
     *
     * @param size as {@code mount} has it: {@code 2m}
     */
    public SmallDisk(NodeProcess node, String size) {
        this.folder = node.folder().resolve("state.git");
        this.filler = folder.resolve("filler");
        this.size = size;
    }

    @Override
    protected void before() throws IOException {
        Files.createDirectories(folder);
        CommandLine.succeed("mount", "-t", "tmpfs", "-o", "size=" + size + ",mode=0700", "tmpfs", folder.toString());
    }

    @Override
    protected void after() {
        if (sealed) {
            unprotect();
        }
        // also while a process that was killed has not let go of its files
        CommandLine.succeed("umount", "--lazy", folder.toString());
    }

    /** Leaves no room. */
    public void fillUp() throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (folder.toFile().getUsableSpace() > 0) {
                out.write(chunk);
            }
        }
    }

    /** Makes room again. */
    public void free() throws IOException {
        Files.delete(filler);
    }

    /** Lets nobody open a file to write any more. What is open already stays so, or the disk could not be protected. */
    public void protect() {
        CommandLine.succeed("mount", "--bind", folder.toString(), folder.toString());
        CommandLine.succeed("mount", "-o", "remount,bind,ro", folder.toString());
        sealed = true;
    }

    /** Lets everybody write again. */
    public void unprotect() {
        CommandLine.succeed("umount", "--lazy", folder.toString());
        sealed = false;
    }
}
