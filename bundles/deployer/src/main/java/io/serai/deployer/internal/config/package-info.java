/** Applies configurations of the state. */
@NullMarked
package io.serai.deployer.internal.config;

import org.jspecify.annotations.NullMarked;
