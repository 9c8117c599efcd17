/** Several nodes, each a process of its own: what one runs all run, whatever happens to them. */
@NullMarked
package io.serai.itests.cluster;

import org.jspecify.annotations.NullMarked;
