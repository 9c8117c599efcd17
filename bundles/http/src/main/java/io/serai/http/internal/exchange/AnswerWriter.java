package io.serai.http.internal.exchange;

import io.serai.api.runtime.InvocationResult;
import io.serai.api.runtime.PayloadCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what services answer. */
final class AnswerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);
    private static final int STREAM_BUFFER_BYTES = 16 * 1024;
    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, MediaTypes.JSON);
    private static final HttpField TEXT = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    private static final HttpField BYTES = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/octet-stream");

    // What frames the message is the server's to say (RFC 9110, section 7.6.1; RFC 9112, section 6), and so is what
    // tells requests and nodes apart.
    private static final Set<String> OURS = Set.of(
            "connection",
            "content-length",
            "date",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            ResponseHeaders.CORRELATION_ID.toLowerCase(Locale.ROOT),
            ResponseHeaders.SERVED_BY.toLowerCase(Locale.ROOT));

    private final PayloadCodec codec;

    AnswerWriter(PayloadCodec codec) {
        this.codec = codec;
    }

    /** Writes an answer; a stream is written as it is read, and closed. */
    void write(Request request, Response response, Callback callback, InvocationResult result) {
        Object value = result.value();
        int usual = value == null ? HttpStatus.NO_CONTENT_204 : HttpStatus.OK_200;
        int status = result.status() != 0 ? result.status() : usual;
        response.setStatus(status);
        if (value == null || HttpStatus.hasNoBody(status) || status == HttpStatus.RESET_CONTENT_205) {
            close(value);
            addHeaders(response, result.headers());
            response.write(true, null, callback);
        } else if (value instanceof InputStream stream) {
            response.getHeaders().add(BYTES);
            addHeaders(response, result.headers());
            writeStream(request, response, callback, stream);
        } else {
            byte[] body = body(value);
            HttpField type = value instanceof String ? TEXT : value instanceof byte[] ? BYTES : JSON;
            // nobody has set these two on a new answer, and looking whether somebody has takes time
            response.getHeaders().add(type).add(HttpHeader.CONTENT_LENGTH, body.length);
            addHeaders(response, result.headers());
            response.write(true, ByteBuffer.wrap(body), callback);
        }
    }

    /** Lets go of an answer that nobody waits for any more. */
    static void close(@Nullable Object value) {
        if (value instanceof InputStream stream) {
            try {
                stream.close();
            } catch (IOException e) {
                LOG.debug("Stream of an answer was not closed: reason={}", e.getMessage());
            }
        }
    }

    private byte[] body(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : codec.toJson(value);
    }

    private static void addHeaders(Response response, Map<String, String> own) {
        if (own.isEmpty()) {
            return;
        }
        HttpFields.Mutable headers = response.getHeaders();
        own.forEach((name, value) -> {
            if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, value);
            }
        });
    }

    private static void writeStream(Request request, Response response, Callback callback, InputStream stream) {
        if (HttpMethod.HEAD.is(request.getMethod())) {
            close(stream);
            response.write(true, null, callback);
            return;
        }
        ByteBufferPool pool = request.getComponents().getByteBufferPool();
        Content.Source source = Content.Source.from(new ByteBufferPool.Sized(pool, false, STREAM_BUFFER_BYTES), stream);
        Content.copy(source, response, callback);
    }
}
