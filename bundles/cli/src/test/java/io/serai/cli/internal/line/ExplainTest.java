package io.serai.cli.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.cli.internal.line.TestTerminal.Result;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class ExplainTest {
    @Rule
    public final TestCluster cluster = new TestCluster();

    @Rule
    public final TestTerminal terminal = new TestTerminal();

    @Before
    public void logIn() throws Exception {
        terminal.in(cluster);
    }

    @Test
    public void tellsKindsThenFieldsThenPartsOfOne() {
        assertThat(terminal.serai("explain").out()).contains("rest-channel   Leads requests of one path to a service.");
        assertThat(terminal.serai("explain", "rest-channel").out())
                .contains("service", "text, needed", "name of a service", "The name of the service.");
        assertThat(terminal.serai("explain", "rest-channel.cors").out())
                .contains("cors.origins", "list of text")
                .doesNotContain("The name of the service.");
    }

    @Test
    public void proposesTheFieldThatWasMeant() {
        Result unknown = terminal.serai("explain", "rest-channel.methds");

        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.err()).contains("Kind rest-channel has no field 'methds'. Did you mean 'methods'?");
    }

    @Test
    public void markdownHasKindsWithTheirOperationsAndCommandsWithTheirOptions() {
        assertThat(terminal.serai("explain", "--markdown").out().lines())
                .contains(
                        "### rest-channel",
                        "| `path` (needed) | text | `at most 1024 characters; matches ^/` | The path template: /orders/{id}, with"
                                + " {id:int}, {id:long}, {id:uuid}, and {rest:path} at the end. |",
                        "| remove | `DELETE /rest-channel/NAME` | `serai rest-channel delete NAME` |"
                                + " `serai:delete rest-channel NAME` |",
                        "### serai apply",
                        "| `-f, --file FILE` | files or folders of YAML or JSON; - for the standard input |",
                        "serai apply -f cluster/ --dry-run");
    }
}
