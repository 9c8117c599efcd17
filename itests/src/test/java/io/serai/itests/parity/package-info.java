/** What can be done through one face can be done through all. */
@NullMarked
package io.serai.itests.parity;

import org.jspecify.annotations.NullMarked;
