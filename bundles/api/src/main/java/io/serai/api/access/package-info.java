/** Who may call a channel, and how often: what channels of any protocol ask before they call a service. */
@Export
@Version("0.1.0")
@NullMarked
package io.serai.api.access;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
