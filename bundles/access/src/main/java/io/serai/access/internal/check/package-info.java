/** How a request proves who makes it. */
@NullMarked
package io.serai.access.internal.check;

import org.jspecify.annotations.NullMarked;
