/** Everything a cluster can be told, as objects of kinds: what the REST API, the command line and the shell work on. */
@Export
@Version("0.1.0")
@NullMarked
package io.serai.api.object;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
