/** Users, roles and keys as the state has them. */
@NullMarked
package io.serai.security.internal.directory;

import org.jspecify.annotations.NullMarked;
