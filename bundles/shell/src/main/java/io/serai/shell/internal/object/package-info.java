/** The commands that all kinds of objects have in common. */
@NullMarked
package io.serai.shell.internal.object;

import org.jspecify.annotations.NullMarked;
