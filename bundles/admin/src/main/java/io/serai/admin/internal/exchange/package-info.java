/** What all paths of the administration server share: how failures are told, and who fails too often. */
@NullMarked
package io.serai.admin.internal.exchange;

import org.jspecify.annotations.NullMarked;
