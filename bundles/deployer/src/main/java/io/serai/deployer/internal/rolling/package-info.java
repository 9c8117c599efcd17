/** Changes that ask to be applied node by node: which they are, and whose turn it is. */
@NullMarked
package io.serai.deployer.internal.rolling;

import org.jspecify.annotations.NullMarked;
