/** The bundle as it runs in a node: in a framework, with the bundles it needs and no others. */
@NullUnmarked
package io.serai.identity.bundles;

import org.jspecify.annotations.NullUnmarked;
