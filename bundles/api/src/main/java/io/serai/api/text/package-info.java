/** What is done to names wherever people write or read them. */
@Export
@Version("0.1.0")
@NullMarked
package io.serai.api.text;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
