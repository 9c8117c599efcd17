/** What must not be found anywhere. */
@NullMarked
package io.serai.itests.secrets;

import org.jspecify.annotations.NullMarked;
