/** The deployer's components: what the rest of the node sees of it. */
@NullMarked
package io.serai.deployer.internal;

import org.jspecify.annotations.NullMarked;
