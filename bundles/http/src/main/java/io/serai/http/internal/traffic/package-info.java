/** Whether the nodes take traffic, and how to have them stop. */
@NullMarked
package io.serai.http.internal.traffic;

import org.jspecify.annotations.NullMarked;
