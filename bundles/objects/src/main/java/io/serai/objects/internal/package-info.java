/** The object service, over the state. */
@NullMarked
package io.serai.objects.internal;

import org.jspecify.annotations.NullMarked;
