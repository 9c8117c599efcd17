package io.serai.http.internal.exchange;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much of a body is taken, where no channel says otherwise.
 *
 * @param maxBytes the largest body that is held in memory, and the largest multipart body
 * @param maxStreamBytes the largest body of a service that reads a stream
 * @param timeout how long a body may take to arrive, streams excepted
 * @param maxFields the largest number of fields of a query, a form or a multipart body
 * @param multipart how multipart bodies are kept
 */
public record BodyLimits(long maxBytes, long maxStreamBytes, Duration timeout, int maxFields, Multipart multipart) {

    /**
     * How multipart bodies are kept.
     *
     * @param memoryBytes files that are larger go to disk, and fields that are larger are refused
     * @param folder where they go
     */
    public record Multipart(int memoryBytes, Path folder) {}
}
