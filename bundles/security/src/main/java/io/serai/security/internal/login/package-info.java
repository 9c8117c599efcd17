/** Finds out who asks. */
@NullMarked
package io.serai.security.internal.login;

import org.jspecify.annotations.NullMarked;
