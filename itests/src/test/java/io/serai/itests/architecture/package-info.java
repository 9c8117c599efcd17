/** Holds the rules of the code base: layers, names, what must not be called, what must be there. */
@NullMarked
package io.serai.itests.architecture;

import org.jspecify.annotations.NullMarked;
