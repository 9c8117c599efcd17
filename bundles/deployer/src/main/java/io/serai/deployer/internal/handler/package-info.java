/** Has artifacts applied by handlers: those of other bundles, and the deployer's own for configurations and features. */
@NullMarked
package io.serai.deployer.internal.handler;

import org.jspecify.annotations.NullMarked;
