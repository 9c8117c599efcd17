package io.serai.admin.internal.rest;

import io.serai.api.cluster.ClusterMap;
import io.serai.api.cluster.ClusterMaps;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.state.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.eclipse.jetty.http.HttpStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Carries out once what a client sends several times under one {@code Idempotency-Key}, because it did not get the answer: the
 * repetition gets the answer of the first, at any node, for an hour. Refusals are not kept, as they have changed nothing.
 *
 * <p>Answers are in a map of the cluster, which nodes tell each other within milliseconds. So what is sent to two nodes at the
 * same moment, or to two parts of a parted cluster, may be carried out twice. Thread-safe.
 */
@Component(service = Idempotency.class)
public final class Idempotency {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(2);
    static final String KEY = "[\\x21-\\x7e]{1,255}";
    private static final int RUNNING = 0;
    private static final int DONE = 1;
    private static final int TOO_LARGE = 2;

    private final ClusterMap kept;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /** Keeps answers in a map of the cluster. */
    @Activate
    public Idempotency(@Reference ClusterMaps maps) {
        this(maps.map("io.serai.admin.answers"));
    }

    Idempotency(ClusterMap kept) {
        this.kept = kept;
    }

    /** What answers a request. */
    interface Endpoint {
        ApiAnswer answer() throws ApiException, ObjectException, InterruptedException;
    }

    /** Answers a request, or says what it was answered before. */
    ApiAnswer once(ApiRequest request, Endpoint endpoint) throws ApiException, ObjectException, InterruptedException {
        Optional<String> given = request.header(HEADER);
        boolean reads = Set.of("GET", "HEAD").contains(request.method());
        boolean login = request.segments().equals(List.of("login"));
        if (given.isEmpty() || reads || login) {
            return endpoint.answer();
        }
        if (!given.get().matches(KEY)) {
            throw ApiException.badRequest(
                    HEADER + " must be 1 to 255 visible ASCII characters, such as a UUID in quotation marks");
        }
        String key = HexFormat.of().formatHex(sha256(bytes(request.subject().name()), bytes(given.get())));
        byte[] fingerprint = fingerprint(request);
        if (!running.add(key)) {
            throw underWay();
        }
        try {
            Optional<byte[]> before = kept.get(key);
            return before.isPresent() ? again(before.get(), fingerprint) : first(key, fingerprint, endpoint);
        } finally {
            running.remove(key);
        }
    }

    private ApiAnswer first(String key, byte[] fingerprint, Endpoint endpoint)
            throws ApiException, ObjectException, InterruptedException {
        keep(key, entry(RUNNING, fingerprint, new byte[0]), LONGEST_RUN);
        boolean done = false;
        try {
            ApiAnswer answer = endpoint.answer();
            keep(key, entry(answer, fingerprint), KEPT);
            done = true;
            return answer;
        } finally {
            if (!done) {
                kept.remove(key);
            }
        }
    }

    private void keep(String key, byte[] entry, Duration time) throws ApiException {
        try {
            kept.put(key, entry, time);
        } catch (IllegalStateException e) {
            throw ApiException.of(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "The cluster keeps the answers of too many requests with " + HEADER + "; send it later");
        }
    }

    private static ApiAnswer again(byte[] entry, byte[] fingerprint) throws ApiException {
        int begin = 1 + fingerprint.length;
        if (!Arrays.equals(fingerprint, Arrays.copyOfRange(entry, 1, begin))) {
            throw ApiException.of(
                    HttpStatus.UNPROCESSABLE_ENTITY_422,
                    "This " + HEADER + " was sent with another request; take another key for each");
        }
        return switch (entry[0]) {
            case RUNNING -> throw underWay();
            case TOO_LARGE -> throw ApiException.of(
                    HttpStatus.CONFLICT_409,
                    "The request was carried out before; its answer is too large to be kept, so read what it changed");
            default -> read(Arrays.copyOfRange(entry, begin, entry.length)).with(REPLAYED, "true");
        };
    }

    private static ApiException underWay() {
        return ApiException.of(
                HttpStatus.CONFLICT_409, "A request with this " + HEADER + " is under way; send it again in a moment");
    }

    private static byte[] entry(ApiAnswer answer, byte[] fingerprint) {
        byte[] entry = entry(DONE, fingerprint, written(answer));
        return entry.length <= ClusterMap.MAX_VALUE_BYTES ? entry : entry(TOO_LARGE, fingerprint, new byte[0]);
    }

    private static byte[] entry(int state, byte[] fingerprint, byte[] answer) {
        byte[] entry = new byte[1 + fingerprint.length + answer.length];
        entry[0] = (byte) state;
        System.arraycopy(fingerprint, 0, entry, 1, fingerprint.length);
        System.arraycopy(answer, 0, entry, 1 + fingerprint.length, answer.length);
        return entry;
    }

    /** Tells requests apart: by all of them but the content of an upload, of which only the length counts. */
    private static byte[] fingerprint(ApiRequest request) throws ApiException {
        boolean upload =
                request.segments().size() == 3 && request.segments().get(2).equals("content");
        byte[] body =
                upload ? bytes(String.valueOf(request.jetty().getLength())) : request.body((int) ObjectCodec.MAX_BYTES);
        return sha256(
                bytes(request.method()),
                bytes(request.jetty().getHttpURI().getPathQuery()),
                bytes(request.header("If-Match").orElse("")),
                body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static byte[] written(ApiAnswer answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeShort(answer.status());
            out.writeUTF(answer.type());
            out.writeByte(answer.headers().size());
            for (Map.Entry<String, String> header : answer.headers().entrySet()) {
                out.writeUTF(header.getKey());
                out.writeUTF(header.getValue());
            }
            if (answer.body().isPresent()) {
                out.write(answer.body().get().bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An answer in memory could not be read", e);
        }
        return bytes.toByteArray();
    }

    private static ApiAnswer read(byte[] written) {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(written)))) {
            int status = in.readUnsignedShort();
            String type = in.readUTF();
            Map<String, String> headers = new TreeMap<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                headers.put(in.readUTF(), in.readUTF());
            }
            byte[] body = in.readAllBytes();
            return new ApiAnswer(
                    status, type, type.isEmpty() ? Optional.empty() : Optional.of(Content.of(body)), headers);
        } catch (IOException e) {
            throw new UncheckedIOException("An answer that a node has kept cannot be read", e);
        }
    }
}
