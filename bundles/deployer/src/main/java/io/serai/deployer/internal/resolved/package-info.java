/** What features resolved to: recorded in the state by hash, so that no other node needs the repositories it came from. */
@NullMarked
package io.serai.deployer.internal.resolved;

import org.jspecify.annotations.NullMarked;
