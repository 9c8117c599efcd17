package io.serai.admin.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of administration; {@code karaf-config/etc/io.serai.admin.cfg} says what each key means. */
@ObjectClassDefinition(name = "Serai administration")
@interface AdminConfig {
    String PID = "io.serai.admin";

    @AttributeDefinition(description = "Address to listen on")
    String host() default "127.0.0.1";

    @AttributeDefinition(description = "Port to listen on; 0 for any free one")
    int port() default 8441;

    @AttributeDefinition(description = "Largest number of threads")
    int threads_max_count() default 50;

    @AttributeDefinition(description = "Largest number of open connections")
    int connections_max_count() default 5_000;

    @AttributeDefinition(description = "Largest request line and headers together")
    int headers_max_bytes() default 16_384;

    @AttributeDefinition(description = "How long a new connection may take until its first request has arrived")
    long headers_timeout_millis() default 10_000;

    @AttributeDefinition(description = "How long a connection may be idle")
    long idle_timeout_millis() default 30_000;

    @AttributeDefinition(description = "How many bytes a second a client must send while it sends")
    int rate_min_bytes() default 1_024;

    @AttributeDefinition(description = "Largest object that may be pushed")
    long git_object_max_bytes() default 268_435_456;

    @AttributeDefinition(description = "Largest push")
    long git_push_max_bytes() default 1_073_741_824;

    @AttributeDefinition(description = "How long a push waits until what it changed has been deployed")
    long git_push_wait_millis() default 20_000;

    @AttributeDefinition(description = "How long a stop waits for requests that are being answered")
    long stop_timeout_millis() default 5_000;
}
