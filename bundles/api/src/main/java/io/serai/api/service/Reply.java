package io.serai.api.service;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What goes back with the answer of a call, for channels that can carry it; the others drop it. Not thread-safe: for the
 * thread that handles the call.
 */
@ProviderType
public interface Reply {

    /**
     * Sets the status of the answer in HTTP's terms; 200, or 204 for a null answer, if never set.
     *
     * @throws IllegalArgumentException if the status is not within 200 to 599
     */
    Reply status(int status);

    /**
     * Sets a header of the answer, replacing an earlier one of that name. {@code Content-Type} says what a
     * {@code byte[]}, {@code String} or stream is.
     *
     * @throws IllegalArgumentException if the name is not a token or the value has a line break (RFC 9110, section 5)
     */
    Reply header(String name, String value);
}
