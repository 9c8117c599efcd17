/** The keys that secrets are sealed with. */
@NullMarked
package io.serai.secrets.internal.key;

import org.jspecify.annotations.NullMarked;
