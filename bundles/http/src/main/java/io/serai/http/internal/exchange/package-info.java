/** One request and its answer: reading the input, calling the service, writing the answer or the problem. */
@NullMarked
package io.serai.http.internal.exchange;

import org.jspecify.annotations.NullMarked;
