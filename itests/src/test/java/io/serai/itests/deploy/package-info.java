/** What becomes of files that people drop into the deploy folder of a real node. */
@NullMarked
package io.serai.itests.deploy;

import org.jspecify.annotations.NullMarked;
