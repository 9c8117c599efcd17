/** Keeps a folder and the state the same: what people put there is committed, what is committed elsewhere is put there. */
@NullMarked
package io.serai.deployer.internal.folder;

import org.jspecify.annotations.NullMarked;
