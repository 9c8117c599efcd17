package io.serai.shell.internal;

import io.serai.api.runtime.ClusterServiceRegistry;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistry;
import io.serai.api.runtime.ServiceStatistics;
import io.serai.api.security.AccessControl;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists the services of this node, or of all. */
@Service
@Command(scope = "service", name = "list", description = "Lists the services of this node, or of all")
public class ServiceListCommand extends SeraiCommand {
    @Reference
    ServiceRegistry registry;

    @Reference(optional = true)
    @Nullable ClusterServiceRegistry cluster;

    @Option(name = "--nodes", description = "Lists those of all nodes in reach, with the figures of all together")
    boolean nodes;

    @Override
    protected void run(PrintStream out) throws Exception {
        require(AccessControl.READ, "service", "");
        if (nodes) {
            runOnNodes(out);
            return;
        }
        List<ServiceDescriptor> services = registry.services();
        if (json) {
            JsonOutput.print(
                    out,
                    services.stream()
                            .map(service -> JsonOutput.service(service, registry.statistics(service.name())))
                            .toList());
            return;
        }
        ShellTable table = new ShellTable().emptyTableText("No service is deployed; drop one into the deploy folder");
        table.column("NAME");
        table.column("REST");
        table.column("CALLS").alignRight();
        table.column("ERRORS").alignRight();
        table.column("P95").alignRight();
        table.column("OWNER");
        for (ServiceDescriptor service : services) {
            Optional<ServiceStatistics> statistics = registry.statistics(service.name());
            table.addRow()
                    .addContent(
                            service.name(),
                            String.join(", ", service.rest()),
                            statistics.map(ServiceStatistics::calls).orElse(0L),
                            statistics.map(ServiceStatistics::errors).orElse(0L),
                            statistics
                                    .filter(each -> each.calls() > 0)
                                    .map(each -> Wording.duration(each.p95()))
                                    .orElse("-"),
                            service.owner());
        }
        print(table, out);
    }

    private void runOnNodes(PrintStream out) throws Exception {
        ServicesOfNodes services = ServicesOfNodes.ask(cluster);
        if (json) {
            JsonOutput.print(out, services.document());
            return;
        }
        print(services.table(), out);
        services.silence().ifPresent(out::println);
    }
}
