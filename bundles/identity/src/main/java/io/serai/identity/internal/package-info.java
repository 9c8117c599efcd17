/** What a node is set up with, and what it offers: identity, membership, enrollment. */
@NullMarked
package io.serai.identity.internal;

import org.jspecify.annotations.NullMarked;
