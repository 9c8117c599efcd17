package io.serai.admin.internal.rest;

import io.serai.api.object.ObjectException;
import io.serai.api.security.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which path of the API is answered by what; see {@code openapi.json}. */
@Component(service = RestApi.class)
public final class RestApi {
    /** Who opens a session. */
    static final Subject NOBODY = new Subject("", Set.of(), Set.of(), "rest", "");

    private static final long MAX_UPLOAD_BYTES = 1024L * 1024 * 1024;

    private final LoginEndpoints logins;
    private final ObjectEndpoints objects;
    private final ActionEndpoints actions;
    private final Watches watches;
    private final ContentEndpoints contents;
    private final Idempotency idempotency;
    private final Description description = new Description();

    /** Serves all of them. */
    @Activate
    public RestApi(
            @Reference LoginEndpoints logins,
            @Reference ObjectEndpoints objects,
            @Reference ActionEndpoints actions,
            @Reference Watches watches,
            @Reference Idempotency idempotency) {
        this.logins = logins;
        this.objects = objects;
        this.actions = actions;
        this.watches = watches;
        this.idempotency = idempotency;
        this.contents = new ContentEndpoints(objects, MAX_UPLOAD_BYTES);
    }

    LoginEndpoints logins() {
        return logins;
    }

    /** Returns who is told of changes. */
    public Watches watches() {
        return watches;
    }

    ApiAnswer answer(ApiRequest request) throws ApiException, ObjectException, InterruptedException {
        return idempotency.once(request, () -> dispatch(request));
    }

    private ApiAnswer dispatch(ApiRequest request) throws ApiException, ObjectException, InterruptedException {
        List<String> path = request.segments();
        String first = path.isEmpty() ? "" : path.get(0);
        return switch (path.size()) {
            case 1 -> switch (first) {
                case "login" -> login(request);
                case "apply" -> {
                    require(request, "POST");
                    yield objects.apply(request);
                }
                case "export" -> {
                    require(request, "GET");
                    yield objects.export(request);
                }
                case "openapi.json" -> {
                    require(request, "GET");
                    yield description.of(
                            objects.objects().kinds(), actions.actions().actions());
                }
                default -> {
                    require(request, "GET");
                    yield objects.list(request, first);
                }
            };
            case 2 -> object(request, first, path.get(1));
            case 3 -> part(request, first, path.get(1), path.get(2));
            default -> throw ApiException.of(
                    HttpStatus.NOT_FOUND_404, "Nothing is served at this path; /api/v1/openapi.json lists what is");
        };
    }

    private ApiAnswer login(ApiRequest request) throws ApiException {
        return switch (request.method()) {
            case "POST" -> logins.open(request);
            case "DELETE" -> logins.close(request);
            case "GET", "HEAD" -> LoginEndpoints.who(request);
            default -> throw ApiException.methodNotAllowed(request.method(), "GET, HEAD, POST, DELETE");
        };
    }

    private ApiAnswer object(ApiRequest request, String kind, String name)
            throws ApiException, ObjectException, InterruptedException {
        return switch (request.method()) {
            case "GET", "HEAD" -> objects.get(request, kind, name);
            case "PUT" -> objects.put(request, kind, name);
            case "DELETE" -> objects.delete(request, kind, name);
            case "POST" -> actions.act(request, kind, Optional.empty(), name);
            default -> throw ApiException.methodNotAllowed(request.method(), "GET, HEAD, PUT, DELETE, POST");
        };
    }

    private ApiAnswer part(ApiRequest request, String kind, String name, String part)
            throws ApiException, ObjectException, InterruptedException {
        if (!part.equals("content")) {
            require(request, "POST");
            return actions.act(request, kind, Optional.of(name), part);
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> contents.download(request, kind, name);
            case "PUT" -> contents.upload(request, kind, name);
            default -> throw ApiException.methodNotAllowed(request.method(), "GET, HEAD, PUT");
        };
    }

    private static void require(ApiRequest request, String method) throws ApiException {
        boolean good = request.method().equals(method)
                || (method.equals("GET") && request.method().equals("HEAD"));
        if (!good) {
            throw ApiException.methodNotAllowed(request.method(), method.equals("GET") ? "GET, HEAD" : method);
        }
    }
}
