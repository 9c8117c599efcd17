/** Features of Karaf: {@code features.yaml}, repositories and {@code .kar} archives that are dropped, and back. */
@NullMarked
package io.serai.deployer.internal.features;

import org.jspecify.annotations.NullMarked;
