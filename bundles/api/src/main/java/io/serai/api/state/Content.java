package io.serai.api.state;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/** The bytes of a file, which may be too many to hold in memory. Can be opened any number of times. */
@ConsumerType
public interface Content {

    /** Returns the number of bytes. */
    long size() throws IOException;

    /** Returns a stream over all bytes, which the caller closes. */
    InputStream open() throws IOException;

    /** Returns all bytes; for content known to be small. */
    default byte[] bytes() throws IOException {
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }

    /** Returns content in memory; the array must not change afterwards. */
    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public byte[] bytes() {
                return bytes;
            }
        };
    }

    /** Returns the content of a file, read when it is asked for; the file must not change meanwhile. */
    static Content of(Path file) {
        return new Content() {
            @Override
            public long size() throws IOException {
                return Files.size(file);
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        };
    }
}
