/** How the desired state becomes running artifacts, and the verdict on each. */
@Export
@Version("0.1.0")
@NullMarked
package io.serai.api.deploy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
