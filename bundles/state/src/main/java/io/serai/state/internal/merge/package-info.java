/** What becomes of histories that went apart. */
@NullMarked
package io.serai.state.internal.merge;

import org.jspecify.annotations.NullMarked;
