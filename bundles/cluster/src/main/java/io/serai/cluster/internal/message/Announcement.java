package io.serai.cluster.internal.message;

import java.util.UUID;

/**
 * What a node tells all others whenever its head has moved, when it sees another one, and every now and then. Its payload
 * is a pack with what is new, or empty. A hint: nobody relies on its arrival.
 *
 * @param node the id of the node
 * @param head its head
 */
public record Announcement(UUID node, String head) {}
