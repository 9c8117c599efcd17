/** What people put, as objects: artifacts, configurations, the list of features. */
@NullMarked
package io.serai.deployer.internal.kind;

import org.jspecify.annotations.NullMarked;
