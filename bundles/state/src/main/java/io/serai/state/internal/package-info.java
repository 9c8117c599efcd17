/** The state repository on Eclipse JGit. */
@NullMarked
package io.serai.state.internal;

import org.jspecify.annotations.NullMarked;
