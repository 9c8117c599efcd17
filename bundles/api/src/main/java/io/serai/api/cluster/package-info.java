/** The nodes of a cluster: who belongs to it, how each proves who it is, and what they ask one another. */
@Export
@Version("0.1.0")
@NullMarked
package io.serai.api.cluster;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
