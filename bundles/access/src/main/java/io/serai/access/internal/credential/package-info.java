/** Credentials: what the state says of them, and what is kept of their secrets. */
@NullMarked
package io.serai.access.internal.credential;

import org.jspecify.annotations.NullMarked;
