package io.serai.http.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the HTTP server; {@code karaf-config/etc/io.serai.http.cfg} says what each key means. */
@ObjectClassDefinition(name = "Serai HTTP")
@interface HttpConfig {
    String PID = "io.serai.http";

    @AttributeDefinition(description = "Address to listen on")
    String host() default "127.0.0.1";

    @AttributeDefinition(description = "Port to listen on; 0 for any free one")
    int port() default 8081;

    @AttributeDefinition(description = "Port of HTTPS; 0 for any free one, -1 for none")
    int https_port() default -1;

    @AttributeDefinition(description = "Whether HTTP/2 without TLS (h2c) is served on the same port")
    boolean http2_enabled() default true;

    @AttributeDefinition(description = "Largest number of threads")
    int threads_max_count() default 300;

    @AttributeDefinition(description = "Largest number of open connections")
    int connections_max_count() default 10_000;

    @AttributeDefinition(description = "How long a connection may be idle")
    long idle_timeout_millis() default 60_000;

    @AttributeDefinition(description = "How long a body may take to arrive")
    long body_timeout_millis() default 30_000;

    @AttributeDefinition(description = "Largest request line and headers together")
    int headers_max_bytes() default 16_384;

    @AttributeDefinition(description = "Largest body that is held in memory or is multipart")
    long body_max_bytes() default 10_485_760;

    @AttributeDefinition(description = "Largest body of a service that reads a stream")
    long stream_max_bytes() default 1_073_741_824;

    @AttributeDefinition(description = "Largest number of fields of a query, form or multipart body")
    int fields_max_count() default 1_000;

    @AttributeDefinition(description = "Size from which a file of a multipart body goes to disk")
    int multipart_memory_bytes() default 65_536;

    @AttributeDefinition(description = "Whether answers are compressed for clients that take gzip")
    boolean gzip_enabled() default true;

    @AttributeDefinition(description = "Size from which an answer is compressed")
    int gzip_min_bytes() default 1_024;

    @AttributeDefinition(description = "Origins whose pages may call channels, separated by commas; * for all")
    String cors_origins() default "";

    @AttributeDefinition(description = "Request headers such pages may send")
    String cors_headers() default "Content-Type, X-Correlation-Id";

    @AttributeDefinition(description = "Response headers such pages may read")
    String cors_exposed_headers() default "X-Correlation-Id, X-Served-By";

    @AttributeDefinition(description = "Whether such pages may send cookies")
    boolean cors_credentials() default false;

    @AttributeDefinition(description = "How long a browser may keep the answer to a preflight")
    long cors_max_age_millis() default 600_000;

    @AttributeDefinition(description = "Addresses of proxies that are trusted to say for whom they call")
    String proxies_trusted() default "";

    @AttributeDefinition(description = "How long a stop waits for requests that are being answered")
    long stop_timeout_millis() default 5_000;
}
