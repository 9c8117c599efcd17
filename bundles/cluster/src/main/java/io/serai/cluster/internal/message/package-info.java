/** What nodes say to one another. */
@NullMarked
package io.serai.cluster.internal.message;

import org.jspecify.annotations.NullMarked;
