/** Tests of what the state says of features. */
@NullMarked
package io.serai.deployer.internal.features;

import org.jspecify.annotations.NullMarked;
