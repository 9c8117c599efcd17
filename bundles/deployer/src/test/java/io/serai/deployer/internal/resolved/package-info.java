/** Tests of what travels between nodes. */
@NullMarked
package io.serai.deployer.internal.resolved;

import org.jspecify.annotations.NullMarked;
