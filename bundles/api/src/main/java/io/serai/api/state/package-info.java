/** The desired state of a cluster: a versioned tree of files, changed by commits. */
@Export
@Version("0.1.0")
@NullMarked
package io.serai.api.state;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
