/** The kinds and actions that a cluster has, from its description. */
@NullMarked
package io.serai.cli.internal.catalog;

import org.jspecify.annotations.NullMarked;
