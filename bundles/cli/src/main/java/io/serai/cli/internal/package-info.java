/** The programs that the {@code serai} script starts: keys of a node, and its shell over SSH. */
@NullMarked
package io.serai.cli.internal;

import org.jspecify.annotations.NullMarked;
