/** What the {@code serai} command does that a shell script cannot: the keys of a node, and its shell over SSH. */
@NullMarked
package io.serai.cli.internal;

import org.jspecify.annotations.NullMarked;
