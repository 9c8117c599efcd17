package io.serai.admin.internal.git;

import java.time.Duration;

/**
 * How much a push may bring, and how long it waits.
 *
 * @param objectBytes the largest object, inflated
 * @param packBytes the largest push, as it is sent
 * @param patience how long a push waits until what it changed has been deployed
 */
public record PushLimits(long objectBytes, long packBytes, Duration patience) {}
