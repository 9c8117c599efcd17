package io.serai.http.internal;

import static io.serai.http.internal.TestServer.input;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.Artifact;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.service.Upload;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.ClassRule;
import org.junit.Test;

public class BodyTest {
    private static final List<Path> BEFORE = multipartFiles();

    @ClassRule
    public static final TestServer SERVER = new TestServer()
            .with("body_max_bytes", 200_000L)
            .with("stream_max_bytes", 5_000_000L)
            .with("body_timeout_millis", 300L)
            .with("fields_max_count", 5)
            .with("multipart_memory_bytes", 1_000);

    record Item(String name) {}

    record Form(String title, Upload file) {}

    @Test
    public void takesRawBytesAndTextOfAnyType() throws Exception {
        SERVER.serve("POST /bytes", byte[].class, byte[].class, call -> call.input());
        SERVER.serve("POST /text", String.class, String.class, call -> call.input() + "!");

        HttpResponse<String> bytes = SERVER.post("/bytes", "image/x", "abc");
        HttpResponse<byte[]> text = SERVER.client.send(
                SERVER.request("/text")
                        .header("Content-Type", "text/plain;charset=utf-16be")
                        .POST(BodyPublishers.ofByteArray("ä".getBytes(UTF_16BE)))
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(bytes.body()).isEqualTo("abc");
        assertThat(bytes.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(text.body()).isEqualTo("ä!".getBytes(UTF_8));
    }

    @Test
    public void streamsBodiesThatAreLargerThanWhatIsHeldInMemory() throws Exception {
        SERVER.serve(
                "POST /count",
                InputStream.class,
                String.class,
                call -> String.valueOf(count(input(call, InputStream.class))));

        HttpResponse<String> announced =
                SERVER.send(SERVER.request("/count").POST(BodyPublishers.ofByteArray(new byte[4_000_000])));
        HttpResponse<String> chunked = SERVER.send(SERVER.request("/count")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[4_000_000]))));
        HttpResponse<String> tooLarge = SERVER.send(SERVER.request("/count")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[5_000_001]))));

        assertThat(announced.body()).isEqualTo("4000000");
        assertThat(chunked.body()).isEqualTo("4000000");
        assertThat(tooLarge.statusCode()).isEqualTo(413);
    }

    @Test
    public void handsBytesToTheServiceAsTheyCome() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        SERVER.serve("POST /first", InputStream.class, String.class, call -> {
            InputStream body = input(call, InputStream.class);
            int read = read(body);
            first.countDown();
            return read + " and " + count(body);
        });
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), SERVER.uri("/").getPort())) {
            send(socket, "POST /first HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n*\r\n");
            assertThat(first.await(5, TimeUnit.SECONDS)).isTrue();
            send(socket, "2\r\nab\r\n0\r\n\r\n");
            socket.shutdownOutput();

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .endsWith("42 and 2");
        }
    }

    @Test
    public void refusesBodiesThatAreTooLarge() throws Exception {
        SERVER.serve("POST /item", Item.class, Item.class, call -> call.input());
        String large = "{\"name\":\"" + "x".repeat(200_000) + "\"}";

        assertThat(SERVER.post("/item", "application/json", large).statusCode()).isEqualTo(413);
        assertThat(SERVER.send(SERVER.request("/item")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofInputStream(
                                        () -> new ByteArrayInputStream(large.getBytes(UTF_8)))))
                        .statusCode())
                .isEqualTo(413);
        assertThat(SERVER.post("/item", "application/x-www-form-urlencoded", "a&b&c&d&e&f")
                        .statusCode())
                .isEqualTo(413);
        assertThat(SERVER.post("/item", "application/json", "{\"name\":\"" + "x".repeat(150_000) + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    public void aChannelOfTheStateHasLimitsOfItsOwn() throws Exception {
        SERVER.serve("POST /own-item", String.class, String.class, call -> call.input());
        String yaml = "kind: rest-channel\nname: small\nspec: {path: /small, methods: [POST], service: "
                + TestServer.nameOf("POST /own-item") + ", maxBytes: 3, accepts: [text/*]}";
        SERVER.objects.apply(new Artifact(
                new StatePath("objects/rest-channel/small.yaml"),
                new BlobId("0".repeat(40)),
                Content.of(yaml.getBytes(UTF_8))));

        assertThat(SERVER.post("/small", "text/plain", "abc").body()).isEqualTo("abc");
        assertThat(SERVER.post("/small", "text/plain", "abcd").statusCode()).isEqualTo(413);
        assertThat(SERVER.post("/small", "image/png", "abc").statusCode()).isEqualTo(415);
    }

    @Test
    public void refusesBodiesThatTrickleIn() throws Exception {
        SERVER.serve("POST /slow", Item.class, Item.class, call -> call.input());
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), SERVER.uri("/").getPort())) {
            send(
                    socket,
                    "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{");
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("Connection: close", "/errors/request-timeout");
        }
    }

    @Test
    public void bindsMultipartFormsAndDeletesTheirFiles() throws Exception {
        AtomicBoolean onDisk = new AtomicBoolean();
        SERVER.serve("POST /upload", Form.class, String.class, call -> {
            Form form = input(call, Form.class);
            onDisk.set(!temporaryFiles().isEmpty());
            return form.title() + " " + form.file().fileName() + " "
                    + form.file().contentType() + " " + form.file().size() + " "
                    + count(form.file().content());
        });
        String body =
                part("title", "", "Ö") + part("file", "; filename=\"../a.bin\"", "x".repeat(50_000)) + "--B--\r\n";

        HttpResponse<String> answer = SERVER.post("/upload", "multipart/form-data; boundary=B", body);

        assertThat(answer.body()).isEqualTo("Ö a.bin application/octet-stream 50000 50000");
        assertThat(onDisk).isTrue();
        await().until(() -> temporaryFiles().isEmpty());
    }

    @Test
    public void leavesNoFilesOfMultipartFormsThatAreRefused() throws Exception {
        SERVER.serve("POST /upload2", Form.class, String.class, call -> "");
        String type = "multipart/form-data; boundary=B";
        String file = part("file", "; filename=\"a\"", "x".repeat(50_000));

        assertThat(SERVER.post("/upload2", type, file + part("title", "", "x".repeat(2_000)) + "--B--\r\n")
                        .statusCode())
                .isEqualTo(413);
        assertThat(SERVER.post("/upload2", type, file + file + file + file + "--B--\r\n")
                        .statusCode())
                .isEqualTo(413);
        assertThat(SERVER.post("/upload2", type, file + "--B").statusCode()).isEqualTo(400);
        assertThat(SERVER.post("/upload2", "multipart/form-data", file).statusCode())
                .isEqualTo(400);
        String stalled = SERVER.raw("POST /upload2 HTTP/1.1\r\nHost: x\r\nContent-Type: " + type
                + "\r\nContent-Length: 90000\r\n\r\n" + file);
        assertThat(stalled).startsWith("HTTP/1.1 408 ");
        await().until(() -> temporaryFiles().isEmpty());
    }

    @Test
    public void streamsAnswersAndClosesThem() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        SERVER.serveFully(
                "GET /stream",
                Void.class,
                InputStream.class,
                call -> new InvocationResult(
                        new ByteArrayInputStream(new byte[1_000_000]) {
                            @Override
                            public void close() {
                                closed.set(true);
                            }
                        },
                        0,
                        Map.of("Content-Type", "video/x")));

        HttpResponse<byte[]> answer =
                SERVER.client.send(SERVER.request("/stream").build(), BodyHandlers.ofByteArray());

        assertThat(answer.body()).hasSize(1_000_000);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("video/x");
        assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
        await().untilTrue(closed);
    }

    @Test
    public void breaksTheConnectionWhenAStreamedAnswerFails() throws Exception {
        InputStream failing = new FilterInputStream(new ByteArrayInputStream(new byte[100_000])) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int read = super.read(bytes, from, length);
                if (read < 0) {
                    throw new IOException("disk on fire");
                }
                return read;
            }
        };
        SERVER.serve("GET /broken", Void.class, InputStream.class, call -> failing);

        String answer = SERVER.raw("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .doesNotContain("disk on fire")
                .doesNotEndWith("0\r\n\r\n");
    }

    @Test
    public void echoesAStream() throws Exception {
        SERVER.serve("POST /echo", InputStream.class, InputStream.class, call -> call.input());

        HttpResponse<byte[]> answer = SERVER.client.send(
                SERVER.request("/echo")
                        .POST(BodyPublishers.ofByteArray(new byte[3_000_000]))
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(answer.body()).hasSize(3_000_000);
    }

    private static void send(Socket socket, String bytes) throws IOException {
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write(bytes.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    private static String part(String name, String more, String content) {
        return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n" + content + "\r\n";
    }

    private static long count(InputStream stream) {
        try {
            return stream.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int read(InputStream stream) {
        try {
            return stream.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the files that were not there before: another process may have been ended before it removed its own. */
    private static List<Path> temporaryFiles() {
        List<Path> files = new ArrayList<>(multipartFiles());
        files.removeAll(BEFORE);
        return files;
    }

    private static List<Path> multipartFiles() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("MultiPart"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
