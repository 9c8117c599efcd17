package io.serai.shell.internal.object;

import io.serai.api.object.ObjectCodec;
import io.serai.api.state.Content;
import io.serai.shell.internal.SeraiCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.support.CommandException;

/** Text that is piped to a command. */
final class ObjectInput {
    /** Stands for the standard input where a file may be named. */
    static final String STANDARD_INPUT = "-";

    private ObjectInput() {}

    /** Reads the standard input to its end. */
    static Content piped() throws IOException, CommandException {
        InputStream in = Process.Utils.current().in();
        byte[] bytes = in == null ? new byte[0] : in.readNBytes((int) ObjectCodec.MAX_BYTES + 1);
        if (bytes.length > ObjectCodec.MAX_BYTES) {
            throw SeraiCommand.failure(
                    "The input has more than " + ObjectCodec.MAX_BYTES + " bytes; send less at once");
        }
        return Content.of(bytes);
    }

    /** Returns a file of the node's machine. */
    static Content file(Path file) throws CommandException {
        if (!Files.isRegularFile(file)) {
            throw SeraiCommand.failure("There is no file " + file
                    + " on the machine of the node; give its whole path, or - for the input");
        }
        return Content.of(file);
    }
}
