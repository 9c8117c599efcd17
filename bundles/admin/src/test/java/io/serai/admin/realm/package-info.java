/** Users for tests, in a package that login modules can be found in from within a framework, too. */
@NullUnmarked
package io.serai.admin.realm;

import org.jspecify.annotations.NullUnmarked;
