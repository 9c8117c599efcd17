package io.serai.http.internal.exchange;

import io.serai.http.internal.channel.Channel;
import io.serai.http.internal.channel.ChannelTable;
import io.serai.http.internal.channel.CorsPolicy;
import io.serai.http.internal.channel.Target;
import io.serai.http.internal.route.RouteMatch;
import java.util.Optional;
import java.util.SortedSet;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Takes the requests to REST channels; leaves paths that no channel has to whoever comes next. Runs as a handler of the
 * server, below the servlet layer, which costs more than all that is done here.
 */
public final class RestHandler extends Handler.Abstract {
    private final ChannelTable channels;
    private final ExchangeContext context;
    private final ResponseHeaders headers;

    /** Makes a handler. */
    public RestHandler(ChannelTable channels, ExchangeContext context, ResponseHeaders headers) {
        this.channels = channels;
        this.context = context;
        this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String id = headers.begin(request, response);
        String method = request.getMethod();
        String path = request.getHttpURI().getPath();
        try {
            RouteMatch<Target> match = find(method, path);
            if (match == null) {
                return handleUnmatched(request, response, callback, id);
            }
            if (match.value() instanceof Channel channel) {
                new Exchange(context, request, response, callback, channel, id).start(match.variables());
            } else if (match.value() instanceof Endpoint endpoint) {
                endpoint.answer(response, callback);
            }
        } catch (IllegalArgumentException e) {
            Problem problem = Problem.of(HttpStatus.BAD_REQUEST_400, "invalid", String.valueOf(e.getMessage()));
            context.problems().write(request, response, callback, problem, id);
        }
        return true;
    }

    private @Nullable RouteMatch<Target> find(String method, String path) {
        RouteMatch<Target> match = channels.find(method, path);
        return match == null && HttpMethod.HEAD.is(method) ? channels.find(HttpMethod.GET.asString(), path) : match;
    }

    private boolean handleUnmatched(Request request, Response response, Callback callback, String id) {
        SortedSet<String> methods = channels.methods(request.getHttpURI().getPath());
        if (methods.isEmpty()) {
            headers.remember(request, id);
            return false;
        }
        if (methods.contains(HttpMethod.GET.asString())) {
            methods.add(HttpMethod.HEAD.asString());
        }
        methods.add(HttpMethod.OPTIONS.asString());
        String allowed = String.join(", ", methods);
        response.getHeaders().put(HttpHeader.ALLOW, allowed);
        if (HttpMethod.OPTIONS.is(request.getMethod())) {
            describeCors(request, response, methods);
            response.setStatus(HttpStatus.NO_CONTENT_204);
            response.write(true, null, callback);
        } else {
            String detail = "This path does not have the method " + request.getMethod() + "; use " + allowed;
            Problem problem = Problem.of(HttpStatus.METHOD_NOT_ALLOWED_405, "method-not-allowed", detail);
            context.problems().write(request, response, callback, problem, id);
        }
        return true;
    }

    private void describeCors(Request request, Response response, SortedSet<String> methods) {
        HttpFields sent = request.getHeaders();
        String origin = sent.get(HttpHeader.ORIGIN);
        String wanted = sent.get(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD);
        if (origin == null || wanted == null) {
            return;
        }
        RouteMatch<Target> match = find(wanted, request.getHttpURI().getPath());
        Optional<CorsPolicy> policy = Optional.ofNullable(match)
                .map(RouteMatch::value)
                .filter(Channel.class::isInstance)
                .map(target -> context.cors((Channel) target));
        policy.ifPresent(cors -> cors.describePreflight(origin, methods, response.getHeaders()));
    }
}
