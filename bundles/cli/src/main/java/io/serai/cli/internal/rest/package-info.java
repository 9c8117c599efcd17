/** Requests to the REST API of a cluster, and whom they trust. */
@NullMarked
package io.serai.cli.internal.rest;

import org.jspecify.annotations.NullMarked;
