package io.serai.benchmarks.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.IntStream;

/** Asks a node over HTTP. */
final class Http {
    private static final int AT_A_TIME = 20;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Http(int port) {
        this.port = port;
    }

    /** Returns the body of the answer; empty if there is none or its status is not 200. */
    String get(String path) {
        try {
            HttpResponse<String> response = client.send(request(path), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean answers(String path, String text) {
        return get(path).contains(text);
    }

    /** Returns whether the first {@code count} services of a prefix all answer with a text, the last one asked first. */
    boolean allAnswer(String prefix, int count, String text) {
        if (!answers("/" + prefix + (count - 1), text)) {
            return false;
        }
        for (int from = 0; from < count; from += AT_A_TIME) {
            boolean all = IntStream.range(from, Math.min(from + AT_A_TIME, count))
                    .mapToObj(i -> client.sendAsync(request("/" + prefix + i), HttpResponse.BodyHandlers.ofString()))
                    .toList()
                    .stream()
                    .allMatch(answer -> answer.join().body().contains(text));
            if (!all) {
                return false;
            }
        }
        return true;
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    HttpClient client() {
        return client;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
