/** What a person sees of a command: its words, its questions and its exit code. */
@NullMarked
package io.serai.cli.internal.console;

import org.jspecify.annotations.NullMarked;
