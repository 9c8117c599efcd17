/** How the states of nodes stay one: heads are announced, histories fetched, changes forwarded. */
@NullMarked
package io.serai.cluster.internal.replication;

import org.jspecify.annotations.NullMarked;
