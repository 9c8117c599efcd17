/** How each service has fared. */
@NullMarked
package io.serai.runtime.internal.statistics;

import org.jspecify.annotations.NullMarked;
