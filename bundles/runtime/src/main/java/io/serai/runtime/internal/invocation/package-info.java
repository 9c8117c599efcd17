/** How services are called: bulkheads, deadlines, the context of a call. */
@NullMarked
package io.serai.runtime.internal.invocation;

import org.jspecify.annotations.NullMarked;
