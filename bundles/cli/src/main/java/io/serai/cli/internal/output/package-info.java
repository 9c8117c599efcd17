/** Objects as tables, JSON, YAML and names. */
@NullMarked
package io.serai.cli.internal.output;

import org.jspecify.annotations.NullMarked;
