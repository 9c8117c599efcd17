/** Which service answers to which name. */
@NullMarked
package io.serai.runtime.internal.registry;

import org.jspecify.annotations.NullMarked;
