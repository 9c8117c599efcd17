/** The HTTP server: its configuration, and how REST channels and the servlet whiteboard share it. */
@NullMarked
package io.serai.http.internal;

import org.jspecify.annotations.NullMarked;
