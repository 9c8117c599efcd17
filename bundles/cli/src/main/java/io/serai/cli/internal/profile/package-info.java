/** Which cluster a command is for: profiles, variables, the node of this machine. */
@NullMarked
package io.serai.cli.internal.profile;

import org.jspecify.annotations.NullMarked;
