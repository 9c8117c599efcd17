/** Where services come from: classes that bundles declare, and OSGi services. */
@NullMarked
package io.serai.runtime.internal.extension;

import org.jspecify.annotations.NullMarked;
