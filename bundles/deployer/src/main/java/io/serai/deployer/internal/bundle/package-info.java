/** Makes artifacts run as bundles, many at a time, a new version side by side with the old. */
@NullMarked
package io.serai.deployer.internal.bundle;

import org.jspecify.annotations.NullMarked;
