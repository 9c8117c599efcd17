/** The description of all channels as an OpenAPI document. */
@NullMarked
package io.serai.http.internal.openapi;

import org.jspecify.annotations.NullMarked;
