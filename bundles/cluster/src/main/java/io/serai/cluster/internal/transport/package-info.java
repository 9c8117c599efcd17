/** Membership and messages: JGroups over TLS. */
@NullMarked
package io.serai.cluster.internal.transport;

import org.jspecify.annotations.NullMarked;
