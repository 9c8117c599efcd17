package io.serai.shell.internal;

import io.serai.api.runtime.ClusterServiceRegistry;
import io.serai.api.runtime.ClusterServices.SharedService;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistry;
import io.serai.api.runtime.ServiceStatistics;
import io.serai.api.security.AccessControl;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Shows one service: what it takes and answers, where it came from, how it fares. */
@Service
@Command(scope = "service", name = "info", description = "Shows a service and how it fares, on this node or on each")
public class ServiceInfoCommand extends SeraiCommand {
    @Reference
    ServiceRegistry registry;

    @Reference(optional = true)
    @Nullable ClusterServiceRegistry cluster;

    @Option(name = "--nodes", description = "Shows how it fares on each node in reach")
    boolean nodes;

    @Argument(index = 0, name = "name", description = "The name of the service", required = true)
    @Completion(ServiceNameCompleter.class)
    String name = "";

    @Argument(index = 1, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--json", "--nodes"})
    @Nullable List<String> options;

    @Override
    protected void run(PrintStream out) throws Exception {
        require(AccessControl.READ, "service", "");
        if (nodes) {
            runOnNodes(out);
            return;
        }
        ServiceDescriptor service = ServiceNameCompleter.find(registry, name);
        Optional<ServiceStatistics> statistics = registry.statistics(name);
        if (json) {
            JsonOutput.print(out, JsonOutput.service(service, statistics));
            return;
        }
        print(out, "Name", service.name());
        print(out, "Description", service.description());
        print(out, "REST", String.join(", ", service.rest()));
        print(out, "Workload", service.workload().name());
        print(out, "Timeout", Wording.duration(service.timeout()));
        print(out, "Input", service.input().getTypeName());
        print(out, "Output", service.output().getTypeName());
        print(out, "Owner", service.owner());
        print(out, "Bundle", Long.toString(service.bundleId()));
        print(out, "Class", service.className());
        statistics.ifPresent(each -> print(out, each));
    }

    private void runOnNodes(PrintStream out) throws Exception {
        ServicesOfNodes services = ServicesOfNodes.ask(cluster);
        SharedService service = services.find(name);
        if (json) {
            JsonOutput.print(out, services.documentOf(service));
            return;
        }
        print(ServicesOfNodes.table(service), out);
        services.silence().ifPresent(out::println);
    }

    private static void print(PrintStream out, ServiceStatistics statistics) {
        print(
                out,
                "Calls",
                statistics.calls() + ", " + statistics.errors() + " failed, " + statistics.active() + " running");
        if (statistics.calls() > 0) {
            print(
                    out,
                    "Time",
                    "mean " + Wording.duration(statistics.mean()) + ", p50 " + Wording.duration(statistics.p50())
                            + ", p95 " + Wording.duration(statistics.p95()) + ", p99 "
                            + Wording.duration(statistics.p99()) + ", max " + Wording.duration(statistics.max()));
        }
        statistics
                .lastError()
                .ifPresent(error -> print(
                        out,
                        "Last error",
                        Wording.time(error.at()) + "  " + error.correlationId() + "  " + error.message()));
        statistics
                .slowest()
                .forEach(call -> print(
                        out,
                        "Slow call",
                        Wording.time(call.at()) + "  " + call.correlationId() + "  "
                                + Wording.duration(call.duration())));
    }

    private static void print(PrintStream out, String label, String value) {
        out.println(String.format("%-12s %s", label, value).stripTrailing());
    }
}
