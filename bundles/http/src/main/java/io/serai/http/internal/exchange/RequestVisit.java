package io.serai.http.internal.exchange;

import io.serai.api.access.Visit;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Request;

/** What a request says of who makes it. */
final class RequestVisit implements Visit {
    private static final String MEMORY = "io.serai.access";

    private final Request request;
    private final InetAddress address;

    RequestVisit(Request request, InetAddress address) {
        this.request = request;
        this.address = address;
    }

    @Override
    public InetAddress address() {
        return address;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    @Override
    public List<X509Certificate> certificates() {
        X509Certificate[] chain = request.getAttribute(SslSessionData.ATTRIBUTE) instanceof SslSessionData session
                ? session.peerCertificates()
                : null;
        return chain == null ? List.of() : List.of(chain);
    }

    @Override
    public Optional<Object> remembered() {
        return Optional.ofNullable(request.getConnectionMetaData().getAttribute(MEMORY));
    }

    @Override
    public void remember(Object memory) {
        request.getConnectionMetaData().setAttribute(MEMORY, memory);
    }
}
