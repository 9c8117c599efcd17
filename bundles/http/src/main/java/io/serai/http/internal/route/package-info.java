/** Path templates, and finding the one that a path matches. */
@NullMarked
package io.serai.http.internal.route;

import org.jspecify.annotations.NullMarked;
