/** Certificates that channels show. */
@NullMarked
package io.serai.secrets.internal.certificate;

import org.jspecify.annotations.NullMarked;
