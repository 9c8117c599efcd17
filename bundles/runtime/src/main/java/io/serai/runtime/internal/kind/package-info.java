/** Services as objects. */
@NullMarked
package io.serai.runtime.internal.kind;

import org.jspecify.annotations.NullMarked;
