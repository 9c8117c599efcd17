/** Passwords, and what is kept of them. */
@NullMarked
package io.serai.security.internal.password;

import org.jspecify.annotations.NullMarked;
