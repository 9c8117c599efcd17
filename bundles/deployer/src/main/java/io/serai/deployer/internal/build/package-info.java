/** Turns what people drop into bundles, and checks it first. */
@NullMarked
package io.serai.deployer.internal.build;

import org.jspecify.annotations.NullMarked;
