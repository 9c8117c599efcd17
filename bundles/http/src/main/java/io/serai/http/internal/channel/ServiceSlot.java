package io.serai.http.internal.channel;

import io.serai.api.runtime.ServiceDescriptor;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The place of one service name: all channels that lead to it see here which version serves, and how to call it. */
public final class ServiceSlot {
    private static final Set<Type> RAW_OUTPUTS =
            Set.of(byte[].class, String.class, InputStream.class, Object.class, Void.class);

    private final String name;
    private volatile @Nullable Plan plan;

    /**
     * What is worked out once for a version of a service.
     *
     * @param service the service
     * @param input how its input is made
     * @param json whether its answer is always JSON
     */
    public record Plan(ServiceDescriptor service, InputKind input, boolean json) {
        static Plan of(ServiceDescriptor service) {
            return new Plan(service, InputKind.of(service.input()), !RAW_OUTPUTS.contains(service.output()));
        }
    }

    ServiceSlot(String name) {
        this.name = name;
    }

    /** Returns the name of the service. */
    public String name() {
        return name;
    }

    /** Returns how to call the version that serves; null if there is none now. */
    public @Nullable Plan plan() {
        return plan;
    }

    void fill(ServiceDescriptor service) {
        plan = Plan.of(service);
    }

    void empty() {
        plan = null;
    }
}
