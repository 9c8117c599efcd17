/** How artifacts stand on all nodes: what this one tells the others, and what it asks them. */
@NullMarked
package io.serai.deployer.internal.cluster;

import org.jspecify.annotations.NullMarked;
