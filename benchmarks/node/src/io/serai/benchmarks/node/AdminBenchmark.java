package io.serai.benchmarks.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Measures the REST API of a node: applying, listing and exporting thousands of objects, and a thousand clients that watch. */
final class AdminBenchmark {
    private static final Pattern PASSWORD = Pattern.compile("password +(\\S+)");
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final int ADMIN_PORT = 360;
    private static final int WATCHERS = 1000;
    private static final int CHANGES = 5;
    private static final int STACK_BYTES = 128 * 1024;

    private final Path work;
    private final Path distribution;
    private final SSLContext tls = trusting();

    AdminBenchmark(Path work, Path distribution) {
        this.work = work;
        this.distribution = distribution;
    }

    /** What asks a node. */
    private record Api(HttpClient client, int port, String authorization) {
        HttpResponse<String> send(String method, String path, String body) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/api/v1/" + path))
                    .header("Authorization", authorization)
                    .header("Content-Type", path.equals("login") ? "application/json" : "application/yaml")
                    .header("If-Match", "*")
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .build();
            try {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() / 100 != 2) {
                    throw new IllegalStateException(method + " " + path + ": " + answer.body());
                }
                return answer;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        double millis(String method, String path, String body) {
            long since = System.nanoTime();
            send(method, path, body);
            return (System.nanoTime() - since) / 1e6;
        }
    }

    void run() throws Exception {
        System.out.println("\nObjects over the REST API: milliseconds\n");
        try (Containers.Node node = new Containers.Node(distribution, work.resolve("admin-home"))) {
            Matcher password = PASSWORD.matcher(node.printed("start"));
            if (!password.find()) {
                throw new IllegalStateException("The node showed no password of an administrator");
            }
            HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
            Api nobody = new Api(client, node.port + ADMIN_PORT, "none");
            String body = "{\"user\":\"admin\",\"password\":\"" + password.group(1) + "\"}";
            Matcher token = TOKEN.matcher(nobody.send("POST", "login", body).body());
            if (!token.find()) {
                throw new IllegalStateException("The node opened no session");
            }
            // a session, as programs have one: a password would be hashed for each request
            Api api = new Api(client, nobody.port(), "Bearer " + token.group(1));
            apply(api);
            lists(api);
            watch(api);
        }
    }

    private static void apply(Api api) {
        ClusterBenchmark.row("apply 1,000 new objects, one commit (bar 2,000)", api.millis("POST", "apply", channels(1000)));
        ClusterBenchmark.row("the same again, all unchanged", api.millis("POST", "apply", channels(1000)));
        ClusterBenchmark.row("... and once more (bar 500)", api.millis("POST", "apply", channels(1000)));
        ClusterBenchmark.row("apply 5,000, of which 4,000 are new", api.millis("POST", "apply", channels(5000)));
        ClusterBenchmark.row("apply 5,000 roles", api.millis("POST", "apply", roles(5000)));
    }

    private static void lists(Api api) {
        for (String kind : List.of("rest-channel", "role")) {
            ClusterBenchmark.row("list 5,000 of kind " + kind + ", first", api.millis("GET", kind + "?limit=10000", ""));
            double[] times = new double[9];
            for (int i = 0; i < times.length; i++) {
                times[i] = api.millis("GET", kind + "?limit=10000", "");
            }
            Arrays.sort(times);
            ClusterBenchmark.row("... median of " + times.length + " (bar 300)", times[times.length / 2]);
        }
        ClusterBenchmark.row("export 10,000", api.millis("GET", "export", ""));
    }

    private void watch(Api api) throws Exception {
        List<SSLSocket> sockets = new ArrayList<>();
        CountDownLatch ready = new CountDownLatch(WATCHERS);
        CountDownLatch[] told = new CountDownLatch[CHANGES];
        Arrays.setAll(told, any -> new CountDownLatch(WATCHERS));
        try {
            for (int i = 0; i < WATCHERS; i++) {
                SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", api.port());
                sockets.add(socket);
                Thread reader = new Thread(null, () -> read(socket, api, ready, told), "watcher-" + i, STACK_BYTES);
                reader.setDaemon(true);
                reader.start();
            }
            await(ready, "watchers to be ready");
            double slowest = 0;
            for (int change = 0; change < CHANGES; change++) {
                long since = System.nanoTime();
                api.send("PUT", "rest-channel/watched", channel("watched", "/watched/" + change));
                await(told[change], "watchers to be told");
                slowest = Math.max(slowest, (System.nanoTime() - since) / 1e6);
            }
            ClusterBenchmark.row(
                    "a change until all of 1,000 watchers are told, slowest of " + CHANGES + " (bar 1,000)", slowest);
        } finally {
            for (SSLSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Waited 60 s for " + what + ": " + latch.getCount() + " are not");
        }
    }

    private static void read(SSLSocket socket, Api api, CountDownLatch ready, CountDownLatch[] told) {
        try (socket) {
            socket.getOutputStream().write(("GET /api/v1/rest-channel?watch=true HTTP/1.1\r\nHost: localhost:" + api.port()
                            + "\r\nAuthorization: " + api.authorization() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            int change = 0;
            for (String line = in.readLine(); line != null && change < told.length; line = in.readLine()) {
                if (line.equals("event: ready")) {
                    ready.countDown();
                } else if (line.startsWith("data:") && line.contains("/watched/" + change)) {
                    told[change].countDown();
                    change++;
                }
            }
        } catch (IOException e) {
            if (told[told.length - 1].getCount() > 0) {
                throw new IllegalStateException("A watcher ended early", e);
            }
        }
    }

    private static String channels(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("---\n").append(channel("channel" + i, "/channel" + i));
        }
        return text.toString();
    }

    private static String channel(String name, String path) {
        return "kind: rest-channel\nname: " + name + "\nspec:\n  path: " + path + "\n  methods: [GET]\n  service: none\n";
    }

    private static String roles(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("---\nkind: role\nname: role").append(i)
                    .append("\nspec:\n  permissions:\n    - kinds: [service]\n      verbs: [read]\n      names: [\"orders")
                    .append(i).append(".*\"]\n");
        }
        return text.toString();
    }

    /** The benchmark is about speed, and asks a node that it has just made. */
    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
