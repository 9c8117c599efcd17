package io.serai.benchmarks.http.camel;

import java.net.ServerSocket;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel route from an HTTP component that answers a constant. */
public final class CamelServer {
    private CamelServer() {}

    /** Starts it; prints its port. */
    public static void main(String[] arguments) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        DefaultCamelContext context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(arguments[0] + ":http://127.0.0.1:" + port + "/hello")
                        .setHeader("Content-Type")
                        .constant("application/json")
                        .setBody()
                        .constant("{\"text\":\"Hello, Ann!\",\"visits\":42}");
            }
        });
        context.start();
        System.out.println("port " + port);
        System.in.read();
        System.exit(0);
    }
}
