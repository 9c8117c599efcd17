package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.output.ChangeReport;
import io.serai.cli.internal.rest.ApiAnswer;
import io.serai.cli.internal.rest.ApiRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends a file as the content of an object, as a stream, and shows how far it is. */
public final class Upload {
    private final Session session;
    private final ChangeOptions options;
    private final LayerOption layer;

    /** Sends files with these options. */
    public Upload(Session session, ChangeOptions options, LayerOption layer) {
        this.session = session;
        this.options = options;
        this.layer = layer;
    }

    /** Sends one file, and says what became of it. */
    public void send(String kind, String name, Path file) throws CommandException {
        long length = length(file);
        ApiRequest put = ApiRequest.of("PUT", kind, name, "content")
                .header("If-Match", "*")
                .body(new ApiRequest.Body("application/octet-stream", length, () -> Files.newInputStream(file)));
        Progress progress = new Progress(session.console(), name, length);
        ApiAnswer answer;
        try {
            answer = session.client().send(options.to(layer.to(put), session), progress::sent);
        } finally {
            progress.end();
        }
        new ChangeReport(session.console(), answer.json()).print();
    }

    private static long length(Path file) throws CommandException {
        if (!Files.isRegularFile(file)) {
            throw CommandException.of(ExitCode.NOT_FOUND, "There is no file " + file);
        }
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw CommandException.of(ExitCode.FAILED, file + " cannot be read, because of " + e);
        }
    }
}
