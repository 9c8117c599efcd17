package io.serai.http.internal;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.runtime.PayloadCodec;
import io.serai.http.internal.exchange.Endpoint;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Whether the process lives, and whether this node takes traffic: it does from when the state has been applied for the
 * first time until it stops, unless it is drained. An artifact that has failed does not make a node unready.
 */
final class Health {
    private final PayloadCodec codec;
    private final AtomicReference<@Nullable DeploymentService> deployments = new AtomicReference<>();
    private final BooleanSupplier drained;
    private volatile boolean stopping;

    Health(PayloadCodec codec, BooleanSupplier drained) {
        this.codec = codec;
        this.drained = drained;
    }

    void bind(DeploymentService service) {
        deployments.set(service);
    }

    void unbind(DeploymentService service) {
        deployments.compareAndSet(service, null);
    }

    void stopping() {
        stopping = true;
    }

    Endpoint live() {
        return (response, callback) -> write(response, callback, Map.of());
    }

    Endpoint ready() {
        return (response, callback) -> write(response, callback, readiness());
    }

    /** Returns what makes the node ready, by name. */
    Map<String, Boolean> readiness() {
        DeploymentService service = deployments.get();
        Map<String, Boolean> checks = new LinkedHashMap<>();
        checks.put("accepting", !stopping && !drained.getAsBoolean());
        checks.put("deployed", service != null && service.applied().isPresent());
        return checks;
    }

    private void write(Response response, Callback callback, Map<String, Boolean> checks) {
        boolean up = !checks.containsValue(false);
        List<Map<String, Object>> details = checks.entrySet().stream()
                .map(check -> document(check.getValue(), "name", check.getKey()))
                .toList();
        byte[] body = codec.toJson(document(up, "checks", details));
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "application/json");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.setStatus(up ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static Map<String, Object> document(boolean up, String key, Object value) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("status", up ? "UP" : "DOWN");
        document.put(key, value);
        return document;
    }
}
