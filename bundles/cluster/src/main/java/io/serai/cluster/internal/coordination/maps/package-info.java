/** Small maps that all nodes have, in memory. */
@NullMarked
package io.serai.cluster.internal.coordination.maps;

import org.jspecify.annotations.NullMarked;
