package io.serai.http.internal.exchange;

import io.serai.api.access.AddressRange;
import io.serai.api.access.Admission.Identity;
import io.serai.api.service.Caller;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/**
 * Says who calls, and from which address: the peer's, unless that is a proxy that is trusted to say it. Of the addresses in
 * X-Forwarded-For, to which each proxy adds whom it was called by, the last one counts that is no such proxy's.
 */
final class Callers {
    private static final String ATTRIBUTE = "io.serai.caller";
    private static final InetAddress NONE = InetAddress.getLoopbackAddress();

    private final List<AddressRange> proxies;

    Callers(List<AddressRange> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    /** Who called last on a connection. */
    private record Known(Optional<Identity> identity, Caller caller) {}

    /** Returns the address of the client. */
    InetAddress address(Request request) {
        InetAddress peer = peer(request);
        if (!isForwarded(peer, request)) {
            return peer;
        }
        return client(peer, String.join(",", request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR)));
    }

    /** Returns the caller of a service. */
    Caller caller(Request request, Optional<Identity> identity) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        if (isForwarded(peer(request), request)) {
            return caller(Optional.of(address(request).getHostAddress()), identity);
        }
        if (connection.getAttribute(ATTRIBUTE) instanceof Known known
                && known.identity().equals(identity)) {
            return known.caller();
        }
        Caller caller = caller(address(connection), identity);
        connection.setAttribute(ATTRIBUTE, new Known(identity, caller));
        return caller;
    }

    private static Caller caller(Optional<String> address, Optional<Identity> identity) {
        return new Caller(
                "rest",
                address,
                identity.map(Identity::name),
                identity.map(Identity::groups).orElse(Set.of()));
    }

    private InetAddress client(InetAddress peer, String forwarded) {
        String[] hops = forwarded.split(",", -1);
        InetAddress client = peer;
        for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            Optional<InetAddress> hop = AddressRange.address(hops[i].strip());
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get();
        }
        return client;
    }

    private boolean isForwarded(InetAddress peer, Request request) {
        return isTrusted(peer) && request.getHeaders().contains(HttpHeader.X_FORWARDED_FOR);
    }

    private boolean isTrusted(InetAddress address) {
        for (int i = 0; i < proxies.size(); i++) {
            if (proxies.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static InetAddress peer(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote
                        && remote.getAddress() != null
                ? remote.getAddress()
                : NONE;
    }

    private static Optional<String> address(ConnectionMetaData connection) {
        if (connection.getRemoteSocketAddress() instanceof InetSocketAddress remote && remote.getAddress() != null) {
            String host = remote.getAddress().getHostAddress();
            return Optional.of((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + remote.getPort());
        }
        return Optional.empty();
    }
}
