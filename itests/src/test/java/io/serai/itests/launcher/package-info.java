/** The command of the distribution, as people and scripts use it. */
@NullMarked
package io.serai.itests.launcher;

import org.jspecify.annotations.NullMarked;
