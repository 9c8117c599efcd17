/** A node of the distribution as a process of its own, and what tests do to one. */
@NullMarked
package io.serai.itests.node;

import org.jspecify.annotations.NullMarked;
