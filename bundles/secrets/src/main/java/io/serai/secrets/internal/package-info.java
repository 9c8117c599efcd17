/** What can be set of secrets. */
@NullMarked
package io.serai.secrets.internal;

import org.jspecify.annotations.NullMarked;
