package io.serai.http.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.service.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.Test;

public class ChannelTableTest {
    private final ChannelTable table = new ChannelTable();

    @Test
    public void namesBothWhoClaimOnePath() throws DeploymentException {
        come(service("orders", "deploy/orders.jar", "GET /orders/{id}"));

        assertThatThrownBy(() ->
                        table.check(List.of(service("rival", "deploy/rival.jar", "GET /orders/{key}")), List.of()))
                .isInstanceOfSatisfying(
                        DeploymentException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT))
                .hasMessageContainingAll("rival of deploy/rival.jar", "orders of deploy/orders.jar", "/orders/{id}");
    }

    @Test
    public void findsConflictsWithinOneStepAndWithTheServersOwnPaths() {
        ServiceDescriptor one = service("one", "deploy/a.jar", "GET /x");
        ServiceDescriptor other = service("other", "deploy/b.jar", "GET /x");

        assertThatThrownBy(() -> table.check(List.of(one, other), List.of())).hasMessageContainingAll("one", "other");
        assertThatThrownBy(() -> table.check(List.of(service("h", "deploy/h.jar", "GET /health/live")), List.of()))
                .hasMessageContaining("the server itself");
        assertThatThrownBy(() -> table.check(List.of(service("w", "deploy/w.jar", "FETCH /x")), List.of()))
                .isInstanceOfSatisfying(
                        DeploymentException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
    }

    @Test
    public void otherMethodsAndTypesOfAPathAreNoConflict() throws DeploymentException {
        come(service("one", "deploy/a.jar", "GET /x/{id}"));
        come(service("two", "deploy/b.jar", "PUT /x/{id}", "GET /x/{id:int}"));

        assertThat(serving("GET", "/x/a")).isEqualTo("one");
        assertThat(serving("GET", "/x/1")).isEqualTo("two");
    }

    @Test
    public void aNewVersionTakesOverAndLetsGoOfRoutesItNoLongerHas() throws DeploymentException {
        ServiceDescriptor before = service("s", "deploy/s.jar", "GET /a", "GET /b");
        ServiceDescriptor after = service("s", "deploy/s.jar", "GET /b", "GET /c");
        come(before);

        table.check(List.of(after), List.of(before));
        table.change(List.of(after), List.of(before));

        assertThat(serving("GET", "/a")).isNull();
        assertThat(serving("GET", "/b")).isEqualTo("s");
        assertThat(serving("GET", "/c")).isEqualTo("s");
    }

    @Test
    public void aRouteMovesFromOneArtifactToAnotherInOneStep() throws DeploymentException {
        ServiceDescriptor before = service("s", "deploy/old.jar", "GET /a");
        ServiceDescriptor after = service("s", "deploy/new.jar", "GET /a");
        come(before);

        table.check(List.of(after), List.of(before));
        table.change(List.of(after), List.of(before));
        assertThat(serving("GET", "/a")).isEqualTo("s");

        table.change(List.of(), List.of(after));
        assertThat(serving("GET", "/a")).isNull();
    }

    @Test
    public void channelsOfServicesGoWithTheRegistry() {
        ServiceChannels channels = new ServiceChannels(table);
        channels.changed(
                List.of(service("s", "deploy/s.jar", "GET /a"), service("t", "deploy/t.jar", "GET /b")), List.of());
        channels.changed(List.of(), List.of(service("t", "deploy/t.jar", "GET /b")));
        assertThat(serving("GET", "/a")).isEqualTo("s");

        channels.withdraw();

        assertThat(table.channels()).isEmpty();
    }

    private void come(ServiceDescriptor service) throws DeploymentException {
        table.check(List.of(service), List.of());
        table.change(List.of(service), List.of());
    }

    private @Nullable String serving(String method, String path) {
        var match = table.find(method, path);
        if (match == null || !(match.value() instanceof Channel channel)) {
            return null;
        }
        return Objects.requireNonNull(channel.service().plan()).service().name();
    }

    private static ServiceDescriptor service(String name, String owner, String... rest) {
        return new ServiceDescriptor(
                name,
                "",
                List.of(rest),
                Workload.NETWORK,
                Duration.ofSeconds(1),
                Void.class,
                String.class,
                owner,
                1,
                "x.Y");
    }
}
