/** What nodes agree on among themselves beside the state: how their messages travel, and on which thread. */
@NullMarked
package io.serai.cluster.internal.coordination;

import org.jspecify.annotations.NullMarked;
