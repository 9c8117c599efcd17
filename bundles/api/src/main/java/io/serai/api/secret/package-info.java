/** Values that nobody is shown again: passwords of partners, keys, tokens. */
@Export
@Version("0.1.0")
@NullMarked
package io.serai.api.secret;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
