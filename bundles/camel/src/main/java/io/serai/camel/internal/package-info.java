/** Contexts of deployed routes, and the {@code serai:} component by which routes and services call each other. */
@NullMarked
package io.serai.camel.internal;

import org.jspecify.annotations.NullMarked;
