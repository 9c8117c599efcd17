/** How JSON and named values match the types of services. */
@NullMarked
package io.serai.runtime.internal.codec;

import org.jspecify.annotations.NullMarked;
