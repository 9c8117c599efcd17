package io.serai.admin.internal.rest;

import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.state.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Uploads and downloads the files of objects as they are, of any size: an upload goes to the disk, not to memory.
 *
 * @param objects where they belong
 * @param maxBytes the largest upload
 */
record ContentEndpoints(ObjectEndpoints objects, long maxBytes) {
    private static final int BUFFER = 64 * 1024;

    ApiAnswer download(ApiRequest request, String kind, String name) throws ApiException, ObjectException {
        request.allow(Set.of("layer"));
        ObjectKey key = ObjectEndpoints.key(request, kind, name);
        Content content = objects.objects().content(request.subject(), key);
        return ApiAnswer.of("application/octet-stream", content)
                .with("Content-Disposition", "attachment")
                .with("X-Content-Type-Options", "nosniff");
    }

    ApiAnswer upload(ApiRequest request, String kind, String name)
            throws ApiException, ObjectException, InterruptedException {
        request.allow(Set.of("layer", "dryRun", "rolling", "wait", "timeout", "message"));
        ObjectKey key = ObjectEndpoints.key(request, kind, name);
        request.requireLength(maxBytes);
        try {
            Path file = Files.createTempFile("serai-upload-", null);
            try {
                receive(request, file);
                return objects.change(request, List.of(new ObjectDocument(key, Content.of(file))), Set.of());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw ApiException.of(
                    HttpStatus.SERVICE_UNAVAILABLE_503, "The upload cannot be written to the disk: " + e.getMessage());
        }
    }

    private void receive(ApiRequest request, Path file) throws ApiException, IOException {
        byte[] buffer = new byte[BUFFER];
        long received = 0;
        try (InputStream in = org.eclipse.jetty.io.Content.Source.asInputStream(request.jetty());
                OutputStream out = Files.newOutputStream(file)) {
            for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
                received += read;
                if (received > maxBytes) {
                    throw ApiRequest.tooLarge(maxBytes);
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static int read(InputStream in, byte[] buffer) throws ApiException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw ApiRequest.incomplete(e);
        }
    }
}
