package io.serai.http.internal.exchange;

import io.serai.api.service.Upload;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;

/** Reads multipart forms (RFC 7578) without holding a thread; what is large goes to disk. */
final class MultipartReader {
    private static final int MAX_PART_HEADER_BYTES = 8 * 1024;

    private MultipartReader() {}

    /**
     * Reads a form.
     *
     * @param promise succeeds with the parts, which are deleted when they are closed; if it fails, nothing is left
     */
    static void read(
            LimitedSource source,
            String contentType,
            BodyLimits limits,
            Promise.Invocable<MultiPartFormData.Parts> promise) {
        String boundary = MultiPart.extractBoundary(contentType);
        if (boundary == null) {
            throw ProblemException.of(
                    HttpStatus.BAD_REQUEST_400,
                    "invalid",
                    "The multipart body has no boundary; add it to Content-Type");
        }
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setFilesDirectory(limits.multipart().folder());
        parser.setMaxMemoryFileSize(limits.multipart().memoryBytes());
        parser.setUseFilesForPartsWithoutFileName(false);
        parser.setMaxParts(limits.maxFields());
        parser.setPartHeadersMaxLength(MAX_PART_HEADER_BYTES);
        parser.parse(source, promise);
    }

    /** Returns the parts as values: files as {@link Upload}, the rest as text. */
    static Map<String, Object> values(MultiPartFormData.Parts parts, BodyLimits limits) {
        FormValues values = new FormValues(limits.maxFields());
        for (MultiPart.Part part : parts) {
            if (part.getName() != null) {
                boolean text = part.getFileName() == null;
                values.add(part.getName(), text ? part.getContentAsString(StandardCharsets.UTF_8) : upload(part));
            }
        }
        return values.values();
    }

    /** Returns what a client is told of a body that the parser refused. */
    static ProblemException refusal(Throwable failure) {
        if (failure instanceof ProblemException refused) {
            return refused;
        }
        // the parser says by the type of its exceptions whether a limit was passed or the syntax is wrong
        boolean limit = failure instanceof IllegalStateException;
        return ProblemException.of(
                limit ? HttpStatus.PAYLOAD_TOO_LARGE_413 : HttpStatus.BAD_REQUEST_400,
                limit ? "too-large" : "invalid",
                "The multipart body was refused: " + failure.getMessage());
    }

    private static Upload upload(MultiPart.Part part) {
        String type = part.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return new Upload(
                part.getFileName(),
                type == null ? "application/octet-stream" : type,
                part.getLength(),
                Content.Source.asInputStream(part.newContentSource(ByteBufferPool.SIZED_NON_POOLING, 0, -1)));
    }
}
