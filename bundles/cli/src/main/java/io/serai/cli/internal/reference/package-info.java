/** What there is to know of kinds, fields and commands, as people read it. */
@NullMarked
package io.serai.cli.internal.reference;

import org.jspecify.annotations.NullMarked;
