package io.serai.admin.internal;

import io.serai.api.state.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Shows the description of the API in a browser, by Swagger UI, which this bundle carries: nothing comes from elsewhere. */
final class DocsHandler extends Handler.Abstract {
    private static final String ROOT = "/api/docs/";
    private static final Set<String> SHORT = Set.of("/api", "/api/", "/api/docs");
    private static final String FOLDER = "/docs/";

    /** Where the library has its files, and bnd puts them; the version is that of the POM. */
    private static final String SWAGGER = "META-INF/resources/webjars/swagger-ui/5.34.1/";

    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "api.js", "text/javascript; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "swagger-ui.css", "text/css; charset=utf-8");

    // Swagger UI sets styles on its elements, and has its icons in its style sheet
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        String path = Request.getPathInContext(request);
        boolean reading =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (reading && SHORT.contains(path)) {
            Response.sendRedirect(request, response, callback, ROOT);
            return true;
        }
        String name = path.equals(ROOT) ? "index.html" : path.substring(Math.min(path.length(), ROOT.length()));
        String type = TYPES.get(name);
        if (!reading || !path.startsWith(ROOT) || type == null) {
            return false;
        }
        HttpFields.Mutable headers = response.getHeaders();
        Content content = content(name);
        headers.put(HttpHeader.CONTENT_TYPE, type);
        headers.put(HttpHeader.CONTENT_LENGTH, content.size());
        headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
        headers.put("Content-Security-Policy", POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        response.setStatus(HttpStatus.OK_200);
        if (request.getMethod().equals("HEAD")) {
            callback.succeeded();
        } else {
            org.eclipse.jetty.io.Content.copy(
                    org.eclipse.jetty.io.Content.Source.from(content.open()), response, callback);
        }
        return true;
    }

    private static Content content(String name) {
        String file = FOLDER + (name.startsWith("swagger-ui") ? SWAGGER : "") + name;
        try (InputStream in = DocsHandler.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("This bundle lacks its file " + file);
            }
            return Content.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " of this bundle cannot be read", e);
        }
    }
}
