/** The files of the state that name members, and those whom a token lets in. */
@NullMarked
package io.serai.identity.internal.members;

import org.jspecify.annotations.NullMarked;
