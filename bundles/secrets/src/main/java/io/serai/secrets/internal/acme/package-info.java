/** Certificates from an ACME server (RFC 8555), by the challenge HTTP-01. */
@NullMarked
package io.serai.secrets.internal.acme;

import org.jspecify.annotations.NullMarked;
