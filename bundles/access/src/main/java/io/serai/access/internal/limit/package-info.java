/** How often callers may call. */
@NullMarked
package io.serai.access.internal.limit;

import org.jspecify.annotations.NullMarked;
