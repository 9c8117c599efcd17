/** What roles permit. */
@NullMarked
package io.serai.security.internal.role;

import org.jspecify.annotations.NullMarked;
