/** The cluster as this node sees it. */
@NullMarked
package io.serai.cluster.internal;

import org.jspecify.annotations.NullMarked;
