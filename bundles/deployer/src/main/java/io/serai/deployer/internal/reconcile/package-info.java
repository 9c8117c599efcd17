/** Compares the desired state with what runs on this node, and has the difference applied. */
@NullMarked
package io.serai.deployer.internal.reconcile;

import org.jspecify.annotations.NullMarked;
