/** Registered services: what is there, how to call it, how it fares. */
@Export
@Version("0.1.0")
@NullMarked
package io.serai.api.runtime;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
