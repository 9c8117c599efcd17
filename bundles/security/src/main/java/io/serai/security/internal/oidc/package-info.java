/** People who show the token of an OpenID provider. */
@NullMarked
package io.serai.security.internal.oidc;

import org.jspecify.annotations.NullMarked;
