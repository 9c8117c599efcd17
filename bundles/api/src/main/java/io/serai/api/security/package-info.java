/** Who may do what: users, roles, logins, and the record of what was done and refused. */
@Export
@Version("0.1.0")
@NullMarked
package io.serai.api.security;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
