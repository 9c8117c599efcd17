/** The commands of the shell, as scripts and people at a terminal use them. */
@NullMarked
package io.serai.itests.shell;

import org.jspecify.annotations.NullMarked;
