package io.serai.identity.internal.pki;

import java.util.UUID;

/**
 * Whom a certificate is for.
 *
 * @param id the node, whatever its name and address
 * @param name its name now
 * @param host its address now
 */
public record NodeSubject(UUID id, String name, String host) {}
