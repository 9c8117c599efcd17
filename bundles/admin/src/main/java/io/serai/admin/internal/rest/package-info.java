/** The REST API: objects and actions over HTTPS. */
@NullMarked
package io.serai.admin.internal.rest;

import org.jspecify.annotations.NullMarked;
