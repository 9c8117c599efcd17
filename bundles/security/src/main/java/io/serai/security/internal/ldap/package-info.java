/** People who are in an LDAP directory. */
@NullMarked
package io.serai.security.internal.ldap;

import org.jspecify.annotations.NullMarked;
