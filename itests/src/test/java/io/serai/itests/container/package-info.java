/** Tests that run inside the container. */
@NullMarked
package io.serai.itests.container;

import org.jspecify.annotations.NullMarked;
