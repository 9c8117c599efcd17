/** Objects as YAML and JSON. */
@NullMarked
package io.serai.objects.internal.text;

import org.jspecify.annotations.NullMarked;
