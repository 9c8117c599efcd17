/** Who is at the shell. */
@NullMarked
package io.serai.shell.internal.login;

import org.jspecify.annotations.NullMarked;
