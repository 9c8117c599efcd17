/** JSON Schemas of kinds: what fits, and which fields are references and secrets. */
@NullMarked
package io.serai.objects.internal.schema;

import org.jspecify.annotations.NullMarked;
