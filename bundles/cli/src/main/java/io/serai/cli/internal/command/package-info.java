/** The commands that every cluster has. */
@NullMarked
package io.serai.cli.internal.command;

import org.jspecify.annotations.NullMarked;
