/** Locks of the cluster, and who leads: among those in reach, or among more than half of all. */
@NullMarked
package io.serai.cluster.internal.coordination.locks;

import org.jspecify.annotations.NullMarked;
