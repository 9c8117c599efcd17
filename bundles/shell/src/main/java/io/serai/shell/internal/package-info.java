/** The commands of the Karaf shell. */
@NullMarked
package io.serai.shell.internal;

import org.jspecify.annotations.NullMarked;
