/** Puts the values of secrets into configurations. */
@NullMarked
package io.serai.secrets.internal.config;

import org.jspecify.annotations.NullMarked;
