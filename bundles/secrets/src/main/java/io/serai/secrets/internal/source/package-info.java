/** Reads the values of secrets on this node. */
@NullMarked
package io.serai.secrets.internal.source;

import org.jspecify.annotations.NullMarked;
