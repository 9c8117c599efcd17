package io.serai.cli.internal.rest;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends requests to the API of one cluster, one after another over one connection. Made with the JDK's older client, which
 * starts in half the time of {@code java.net.http}.
 */
public final class ApiClient {
    private static final int BAD_REQUEST = 400;
    private static final int CHUNK = 64 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    // the server waits for what it is asked to wait for, and answers a little later
    private static final Duration LEEWAY = Duration.ofSeconds(10);

    private final Target target;
    private final Duration connect;
    private final Duration patience;
    private final SSLSocketFactory sockets;

    static {
        // the JDK would send a request again whose answer it did not get, though it may have been done
        System.setProperty("sun.net.http.retryPost", "false");
    }

    /** Makes one that waits so long for an answer. */
    public ApiClient(Target target, Duration timeout) throws CommandException {
        this(target, CONNECT, timeout.plus(LEEWAY));
    }

    private ApiClient(Target target, Duration connect, Duration patience) throws CommandException {
        this.target = target;
        this.connect = connect;
        this.patience = patience;
        this.sockets = Trust.context(target.authority()).getSocketFactory();
    }

    /** Makes one for a person who waits for a word to be completed. */
    public static ApiClient hasty(Target target, Duration budget) throws CommandException {
        return new ApiClient(target, budget, budget);
    }

    /** Returns which cluster it is for. */
    public Target target() {
        return target;
    }

    /** Sends a request, and returns what came back if it was a success. */
    public ApiAnswer send(ApiRequest request) throws CommandException {
        return send(request, sent -> {});
    }

    /** Sends a request and tells how many bytes of its body are on their way. */
    public ApiAnswer send(ApiRequest request, LongConsumer progress) throws CommandException {
        try {
            HttpsURLConnection connection = open(request, patience);
            sendBody(request, connection, progress);
            return answer(connection);
        } catch (IOException e) {
            throw Refusals.of(target.url(), e);
        }
    }

    /** Sends a request whose answer has no end, and returns it. */
    public InputStream stream(ApiRequest request) throws CommandException {
        try {
            HttpsURLConnection connection = open(request, Duration.ofMinutes(1));
            if (connection.getResponseCode() >= BAD_REQUEST) {
                throw Refusals.of(connection.getResponseCode(), body(connection));
            }
            return connection.getInputStream();
        } catch (IOException e) {
            throw Refusals.of(target.url(), e);
        }
    }

    private HttpsURLConnection open(ApiRequest request, Duration limit) throws CommandException, IOException {
        HttpsURLConnection connection = connection(request);
        connection.setSSLSocketFactory(sockets);
        connection.setInstanceFollowRedirects(false); // a token is for this server
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) connect.toMillis());
        connection.setReadTimeout((int) limit.toMillis());
        connection.setRequestMethod(request.method());
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "serai");
        if (!target.token().isEmpty()) {
            connection.setRequestProperty("Authorization", "Bearer " + target.token());
        }
        request.headers().forEach(connection::setRequestProperty);
        return connection;
    }

    private HttpsURLConnection connection(ApiRequest request) throws CommandException, IOException {
        try {
            URL url = new URL("https", target.url().getHost(), target.url().getPort(), request.location());
            return (HttpsURLConnection) url.openConnection();
        } catch (MalformedURLException e) {
            throw CommandException.of(ExitCode.USAGE, target.url() + " cannot be the URL of a cluster");
        }
    }

    private static void sendBody(ApiRequest request, HttpsURLConnection connection, LongConsumer progress)
            throws IOException {
        Optional<ApiRequest.Body> given = request.body();
        if (given.isEmpty()) {
            return;
        }
        ApiRequest.Body body = given.get();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", body.type());
        if (body.length() > CHUNK) {
            // what is short is kept by the JDK, which then can tell all that it is answered
            connection.setFixedLengthStreamingMode(body.length());
        }
        try (InputStream in = body.source().open();
                OutputStream out = connection.getOutputStream()) {
            byte[] chunk = new byte[CHUNK];
            long sent = 0;
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                out.write(chunk, 0, count);
                sent += count;
                progress.accept(sent);
            }
        }
    }

    private static ApiAnswer answer(HttpsURLConnection connection) throws IOException, CommandException {
        int status = connection.getResponseCode();
        byte[] body = body(connection);
        if (status >= BAD_REQUEST) {
            throw Refusals.of(status, body);
        }
        String etag = connection.getHeaderField("ETag");
        return new ApiAnswer(etag == null ? "" : etag, body);
    }

    private static byte[] body(HttpsURLConnection connection) throws IOException {
        boolean refused = connection.getResponseCode() >= BAD_REQUEST;
        try (InputStream in = refused ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }
}
