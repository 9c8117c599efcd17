package io.serai.cli.internal.rest;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.output.JsonTree;
import java.io.IOException;
import java.util.Map;

/** What the API answered with success. */
public final class ApiAnswer {
    private final String etag;
    private final byte[] body;

    ApiAnswer(String etag, byte[] body) {
        this.etag = etag;
        this.body = body;
    }

    /** Returns the version of the object; empty if there is none. */
    public String etag() {
        return etag;
    }

    /** Returns the body, as it came. */
    public byte[] body() {
        return body.clone();
    }

    /** Returns the body as an object of JSON. */
    public Map<String, Object> json() throws CommandException {
        try {
            return JsonTree.object(body);
        } catch (IOException e) {
            throw CommandException.of(
                    ExitCode.FAILED,
                    "The answer cannot be read, because " + e.getMessage() + "; the server may be none of Serai");
        }
    }
}
