/** The record of what was done and refused. */
@NullMarked
package io.serai.security.internal.audit;

import org.jspecify.annotations.NullMarked;
