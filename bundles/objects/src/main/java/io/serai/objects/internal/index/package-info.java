/** The objects that a state has, and which refer to which. */
@NullMarked
package io.serai.objects.internal.index;

import org.jspecify.annotations.NullMarked;
