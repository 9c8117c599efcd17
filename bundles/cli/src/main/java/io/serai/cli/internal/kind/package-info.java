/** The commands that a cluster's kinds make. */
@NullMarked
package io.serai.cli.internal.kind;

import org.jspecify.annotations.NullMarked;
