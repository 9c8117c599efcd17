/** REST channels: what is declared, by whom, and to which service it leads. */
@NullMarked
package io.serai.http.internal.channel;

import org.jspecify.annotations.NullMarked;
