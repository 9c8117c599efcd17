package io.serai.deployer.internal.resolved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class UrlOriginsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final UrlOrigins origins = new UrlOrigins();

    private String read(String uri) throws IOException {
        try (InputStream in = origins.open(uri)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    public void readsFilesWhateverTheirNamesHave() throws IOException {
        Path file = Files.writeString(folder.newFolder("a b").toPath().resolve("mail+é.jar"), "mail");

        assertThat(read(file.toUri().toString())).isEqualTo("mail");
    }

    @Test
    public void readsFromServersAndFailsForWhatTheyDoNotHave() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mail.jar", exchange -> {
            exchange.sendResponseHeaders(200, 4);
            exchange.getResponseBody().write("mail".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            String address = "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                    + server.getAddress().getPort();

            assertThat(read(address + "/mail.jar")).isEqualTo("mail");
            assertThatThrownBy(() -> read(address + "/gone.jar")).isInstanceOf(IOException.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    public void refusesWhatIsNoUriAsWhatCannotBeRead() {
        for (String uri : new String[] {"a b", "acme:mail", "mail.jar", "http://[oops"}) {
            assertThatThrownBy(() -> read(uri)).as(uri).isInstanceOf(IOException.class);
        }
    }
}
