/** Keys, certificates and requests for them. */
@NullMarked
package io.serai.identity.internal.pki;

import org.jspecify.annotations.NullMarked;
