/** The state as a Git repository over HTTPS: clone and fetch, and push as a way to deploy. */
@NullMarked
package io.serai.admin.internal.git;

import org.jspecify.annotations.NullMarked;
