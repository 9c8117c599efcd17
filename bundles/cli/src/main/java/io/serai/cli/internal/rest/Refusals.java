package io.serai.cli.internal.rest;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.output.JsonTree;
import java.io.IOException;
import java.net.HttpRetryException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Says what went wrong with a request. */
final class Refusals {
    private static final int UNAUTHENTICATED = 401;

    private Refusals() {}

    /** Says why the API refused: the body is a problem document (RFC 9457), unless something else has answered. */
    static CommandException of(int status, byte[] body) {
        Map<String, Object> problem;
        try {
            problem = JsonTree.object(body);
        } catch (IOException e) {
            problem = Map.of();
        }
        String detail = JsonTree.textAt(problem, "detail");
        List<String> errors = new ArrayList<>();
        for (Object error : JsonTree.list(problem.get("errors"))) {
            Map<String, Object> each = JsonTree.map(error);
            String object = JsonTree.textAt(each, "object");
            errors.add((object.isEmpty() ? "" : object + " ") + JsonTree.textAt(each, "pointer") + ": "
                    + JsonTree.textAt(each, "detail"));
        }
        if (errors.size() == 1) {
            errors.clear(); // the detail says it
        }
        return CommandException.refused(
                ExitCode.ofStatus(status),
                detail.isEmpty() ? "The server answered with status " + status : detail,
                status == UNAUTHENTICATED ? "serai login" : "",
                JsonTree.textAt(problem, "correlationId"),
                errors);
    }

    /** Says why there was no answer. */
    static CommandException of(URI url, IOException cause) {
        if (cause instanceof HttpRetryException refused) {
            return of(refused.responseCode(), new byte[0]);
        }
        String where = url.getHost() + ":" + url.getPort();
        if (cause instanceof SocketTimeoutException && !"Connect timed out".equalsIgnoreCase(cause.getMessage())) {
            return CommandException.of(
                    ExitCode.TIMEOUT, where + " did not answer in time", "give it longer, with --timeout 2m");
        }
        if (cause instanceof SSLException) {
            return CommandException.of(
                    ExitCode.UNREACHABLE,
                    where + " did not prove that it is the cluster. " + firstLine(cause),
                    "serai login " + url + " --ca FILE, with identity/authority.crt of a node");
        }
        String why = cause instanceof UnknownHostException
                ? "There is no host " + url.getHost()
                : String.valueOf(cause.getMessage());
        return CommandException.of(ExitCode.UNREACHABLE, where + " cannot be reached. " + why, "serai status");
    }

    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
