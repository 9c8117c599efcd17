/** Where other nodes may be: what the state and the configuration say, and what DNS and the network answer. */
@NullMarked
package io.serai.cluster.internal.discovery;

import org.jspecify.annotations.NullMarked;
