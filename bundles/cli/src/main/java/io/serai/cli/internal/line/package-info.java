/** The command line as a whole: which command its words mean, and what they could go on with. */
@NullMarked
package io.serai.cli.internal.line;

import org.jspecify.annotations.NullMarked;
