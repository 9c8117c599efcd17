/** Services of other nodes. */
@NullMarked
package io.serai.runtime.internal.cluster;

import org.jspecify.annotations.NullMarked;
