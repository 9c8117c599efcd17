/** The administration server of the node: its configuration, its TLS, and the paths it serves. */
@NullMarked
package io.serai.admin.internal;

import org.jspecify.annotations.NullMarked;
