/** TLS 1.3 between members. */
@NullMarked
package io.serai.identity.internal.tls;

import org.jspecify.annotations.NullMarked;
