package io.serai.api.access;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** A request to a channel, as far as it says who makes it. For the thread that asks. */
@ConsumerType
public interface Visit {

    /** Returns the address that it came from, as the channel established it. */
    InetAddress address();

    /** Returns a header of the request; of several of that name the first. */
    Optional<String> header(String name);

    /** Returns the certificates of the client, its own first, whose key it has proved to have; none if it has shown none. */
    List<X509Certificate> certificates();

    /** Returns what was remembered last on the same connection. */
    Optional<Object> remembered();

    /** Remembers something as long as the connection stays. */
    void remember(Object memory);
}
