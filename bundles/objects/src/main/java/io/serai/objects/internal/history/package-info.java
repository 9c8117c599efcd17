/** The history of objects, and going back in it. */
@NullMarked
package io.serai.objects.internal.history;

import org.jspecify.annotations.NullMarked;
