package io.serai.state.internal;

import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says in plain words why the disk did not do what was asked. */
final class DiskFailures {
    // Less than a commit of a few files with its pack, index and reference takes, in blocks of 4 KiB.
    private static final long FULL_BYTES = 128 * 1024;

    private DiskFailures() {}

    /** Something that reads or writes the disk. */
    interface Access<T> {
        T get() throws IOException, StateException;
    }

    static StateException explain(String what, Path directory, IOException cause) {
        return new StateException(
                Reason.IO, "Cannot " + what + " " + directory + ": " + reason(directory, cause), cause);
    }

    private static String reason(Path directory, IOException cause) {
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        try {
            FileStore store = Files.getFileStore(directory);
            if (said.contains("No space left") || store.getUsableSpace() < FULL_BYTES) {
                return "the disk is full (" + said + ", " + store.getUsableSpace()
                        + " bytes are left); free space there and try again";
            }
            if (store.isReadOnly() || !Files.isWritable(directory)) {
                return "the directory is read-only (" + said + "); make it writable for user "
                        + System.getProperty("user.name") + " and try again";
            }
        } catch (IOException e) {
            cause.addSuppressed(e); // the directory itself is gone or unreadable; what was said first still counts
        }
        return said;
    }
}
