/** What guards channels. */
@NullMarked
package io.serai.access.internal;

import org.jspecify.annotations.NullMarked;
