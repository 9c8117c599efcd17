package io.serai.api.service;

import java.io.InputStream;
import java.util.Objects;

/**
 * A file of a multipart form. Name a component of the input record as the form names the field.
 *
 * @param fileName the name the sender gave the file, without any folder; empty if none was given
 * @param contentType the media type the sender gave; {@code application/octet-stream} if none was given
 * @param size the number of bytes
 * @param content the bytes; read once, closed by the runtime after the call
 */
public record Upload(String fileName, String contentType, long size, InputStream content) {
    public Upload {
        Objects.requireNonNull(fileName, "fileName");
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(content, "content");
        fileName = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    }
}
