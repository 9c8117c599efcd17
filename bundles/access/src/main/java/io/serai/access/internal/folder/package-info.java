/** Objects as files of the state. */
@NullMarked
package io.serai.access.internal.folder;

import org.jspecify.annotations.NullMarked;
