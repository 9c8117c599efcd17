/** Nodes and groups as objects. */
@NullMarked
package io.serai.cluster.internal.kind;

import org.jspecify.annotations.NullMarked;
