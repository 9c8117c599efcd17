/** The kinds of objects, for those who change them. */
@NullMarked
package io.serai.security.internal.kind;

import org.jspecify.annotations.NullMarked;
