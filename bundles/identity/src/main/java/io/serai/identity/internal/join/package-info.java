/** What a node that joins and the one that lets it in say to each other. */
@NullMarked
package io.serai.identity.internal.join;

import org.jspecify.annotations.NullMarked;
