/** Who may administer the node: passwords, roles, and what happens to those who guess. */
@NullMarked
package io.serai.admin.internal.login;

import org.jspecify.annotations.NullMarked;
