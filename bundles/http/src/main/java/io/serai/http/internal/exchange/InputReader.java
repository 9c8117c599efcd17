package io.serai.http.internal.exchange;

import io.serai.api.runtime.PayloadCodec;
import io.serai.http.internal.channel.Channel;
import io.serai.http.internal.channel.InputKind;
import io.serai.http.internal.channel.ServiceSlot.Plan;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Makes the input of a service of a request. Values of the path win over those of the query, and those over the members of
 * the body.
 */
final class InputReader {
    private static final long MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8L;

    private final PayloadCodec codec;
    private final BodyLimits limits;

    InputReader(PayloadCodec codec, BodyLimits limits) {
        this.codec = codec;
        this.limits = limits;
    }

    /**
     * Reads the input; the promise may be kept before this returns, or later on another thread.
     *
     * @throws RuntimeException as the promise fails
     */
    void read(Request request, Channel channel, Plan plan, List<String> variables, Promise<Input> promise) {
        if (plan.input() == InputKind.NONE) {
            promise.succeeded(Input.of(null));
            return;
        }
        boolean body = hasBody(request);
        String contentType = body ? request.getHeaders().get(HttpHeader.CONTENT_TYPE) : null;
        if (body) {
            checkEncoding(request);
        }
        if (plan.input() == InputKind.VALUES) {
            Map<String, Object> values = values(request, channel, variables);
            if (body) {
                readObject(request, channel, plan, new Named(values, contentType), promise);
            } else {
                promise.succeeded(
                        Input.of(codec.fromValues(values, plan.service().input())));
            }
        } else {
            checkAccepted(channel, body, contentType);
            readRaw(request, channel, plan.input(), MediaTypes.charset(contentType), promise);
        }
    }

    /** What is known of an input before its body is read. */
    private record Named(Map<String, Object> values, @Nullable String contentType) {}

    private void readRaw(Request request, Channel channel, InputKind kind, Charset charset, Promise<Input> promise) {
        if (kind == InputKind.STREAM) {
            long max = channel.options().maxBytes().orElse(limits.maxStreamBytes());
            LimitedSource source = new LimitedSource(request, max, Duration.ZERO);
            promise.succeeded(new Input(Content.Source.asInputStream(source), source, null));
            return;
        }
        BodyReader.read(body(request, channel), new Decoding(promise) {
            @Override
            Input decode(byte[] bytes) {
                return Input.of(kind == InputKind.BYTES ? bytes : new String(bytes, charset));
            }
        });
    }

    private void readObject(Request request, Channel channel, Plan plan, Named named, Promise<Input> promise) {
        Type type = plan.service().input();
        String base = MediaTypes.base(named.contentType());
        if (MediaTypes.isJson(base)) {
            Charset charset = MediaTypes.charset(named.contentType());
            BodyReader.read(body(request, channel), new Decoding(promise) {
                @Override
                Input decode(byte[] bytes) {
                    return Input.of(json(bytes, charset, named.values(), type));
                }
            });
        } else if (base.equals(MediaTypes.FORM)) {
            Charset charset = MediaTypes.charset(named.contentType());
            BodyReader.read(body(request, channel), new Decoding(promise) {
                @Override
                Input decode(byte[] bytes) {
                    String form = new String(bytes, StandardCharsets.ISO_8859_1);
                    return Input.of(form(FormValues.parse(form, charset, limits.maxFields()), named.values(), type));
                }
            });
        } else if (base.equals(MediaTypes.MULTIPART)) {
            readMultipart(request, channel, type, named, promise);
        } else {
            throw unsupported(base, "application/json, " + MediaTypes.FORM + " or " + MediaTypes.MULTIPART);
        }
    }

    private void readMultipart(Request request, Channel channel, Type type, Named named, Promise<Input> promise) {
        String contentType = String.valueOf(named.contentType());
        MultipartReader.read(body(request, channel), contentType, limits, new Promise.Invocable<>() {
            @Override
            public void succeeded(MultiPartFormData.Parts parts) {
                Input input;
                try {
                    Map<String, Object> form = MultipartReader.values(parts, limits);
                    input = new Input(form(form, named.values(), type), null, parts);
                } catch (RuntimeException e) {
                    parts.close();
                    promise.failed(e);
                    return;
                }
                promise.succeeded(input);
            }

            @Override
            public void failed(Throwable failure) {
                promise.failed(MultipartReader.refusal(failure));
            }
        });
    }

    private @Nullable Object json(byte[] bytes, Charset charset, Map<String, Object> values, Type type) {
        if (bytes.length == 0) {
            return codec.fromValues(values, type);
        }
        boolean utf8 = charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
        byte[] json = utf8 ? bytes : new String(bytes, charset).getBytes(StandardCharsets.UTF_8);
        ByteArrayInputStream in = new ByteArrayInputStream(json);
        return values.isEmpty() ? codec.fromJson(in, type) : codec.fromJsonAndValues(in, values, type);
    }

    private @Nullable Object form(Map<String, Object> form, Map<String, Object> values, Type type) {
        form.putAll(values);
        return codec.fromValues(form, type);
    }

    private Map<String, Object> values(Request request, Channel channel, List<String> variables) {
        String query = request.getHttpURI().getQuery();
        if (query == null && variables.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> values = query == null
                ? new LinkedHashMap<>()
                : FormValues.parse(query, StandardCharsets.UTF_8, limits.maxFields());
        for (int i = 0; i < variables.size(); i++) {
            values.put(channel.variables().get(i), variables.get(i));
        }
        return values;
    }

    private LimitedSource body(Request request, Channel channel) {
        long maxBytes = Math.min(channel.options().maxBytes().orElse(limits.maxBytes()), MAX_ARRAY_BYTES);
        return new LimitedSource(request, maxBytes, limits.timeout());
    }

    private static boolean hasBody(Request request) {
        long length = request.getLength();
        if (length >= 0) {
            return length > 0;
        }
        // HTTP/1 without a length has a body only if it is chunked; HTTP/2 does not tell before it is read
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2
                ? request.getHeaders().contains(HttpHeader.CONTENT_TYPE)
                : request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    private static void checkEncoding(Request request) {
        String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw ProblemException.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
                    "unsupported-type",
                    "The content encoding '" + encoding + "' is not supported; send the body as it is");
        }
    }

    private static void checkAccepted(Channel channel, boolean body, @Nullable String contentType) {
        List<String> accepted = channel.options().accepts();
        String base = MediaTypes.base(contentType);
        if (body && !accepted.isEmpty() && !MediaTypes.isAmong(base, accepted)) {
            throw unsupported(base, String.join(" or ", accepted));
        }
    }

    private static ProblemException unsupported(String base, String supported) {
        String subject = base.isEmpty() ? "A body without Content-Type" : "The content type '" + base + "'";
        return ProblemException.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
                "unsupported-type",
                subject + " is not supported here; send " + supported);
    }

    /** Turns the bytes of a body into an input; a body that is refused fails the promise, a service that is called does not. */
    private abstract static class Decoding implements Promise<byte[]> {
        private final Promise<Input> promise;

        Decoding(Promise<Input> promise) {
            this.promise = promise;
        }

        abstract Input decode(byte[] bytes);

        @Override
        public void succeeded(byte[] bytes) {
            Input input;
            try {
                input = decode(bytes);
            } catch (RuntimeException e) {
                promise.failed(e);
                return;
            }
            promise.succeeded(input);
        }

        @Override
        public void failed(Throwable failure) {
            promise.failed(failure);
        }
    }
}
