/** Who may do what. */
@NullMarked
package io.serai.security.internal.access;

import org.jspecify.annotations.NullMarked;
