/** The components of security, and their configuration. */
@NullMarked
package io.serai.security.internal;

import org.jspecify.annotations.NullMarked;
