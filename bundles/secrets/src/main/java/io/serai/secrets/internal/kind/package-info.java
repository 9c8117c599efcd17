/** The kinds of object, and what can be done with them. */
@NullMarked
package io.serai.secrets.internal.kind;

import org.jspecify.annotations.NullMarked;
