package io.serai.shell.internal;

import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistry;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of services. */
@Service
public class ServiceNameCompleter implements Completer {
    @Reference
    ServiceRegistry registry;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(names(registry), true).complete(session, line, candidates);
    }

    /** Returns the service of that name, or fails with the nearest name. */
    static ServiceDescriptor find(ServiceRegistry registry, String name) throws CommandException {
        return registry.find(name).orElseThrow(() -> new KnownNames("service", names(registry)).unknown(name));
    }

    private static List<String> names(ServiceRegistry registry) {
        return registry.services().stream().map(ServiceDescriptor::name).toList();
    }
}
