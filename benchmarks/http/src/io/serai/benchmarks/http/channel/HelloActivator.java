package io.serai.benchmarks.http.channel;

import io.serai.api.service.Context;
import io.serai.api.service.Service;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** A user's bundle with one service, as the sample has it. */
public final class HelloActivator implements BundleActivator {
    /** The service. */
    public static final class Hello implements Service<Hello.Query, Hello.Greeting> {
        /** What it takes. */
        public record Query(String name) {}

        /** What it answers. */
        public record Greeting(String text, int visits) {}

        @Override
        public Greeting handle(Query query, Context context) {
            return new Greeting("Hello, " + query.name() + "!", 42);
        }
    }

    @Override
    public void start(BundleContext context) {
        Map<String, Object> properties =
                Map.of("serai.service.name", "hello", "serai.service.rest", new String[] {"GET /hello"});
        context.registerService(Service.class, new Hello(), FrameworkUtil.asDictionary(properties));
    }

    @Override
    public void stop(BundleContext context) {
        // the framework unregisters the service
    }
}
