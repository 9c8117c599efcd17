/** REST channels of a real node, as clients meet them. */
@NullMarked
package io.serai.itests.http;

import org.jspecify.annotations.NullMarked;
