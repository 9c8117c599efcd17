package io.serai.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.admin.internal.git.TestLogins;
import io.serai.admin.internal.git.TestState;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What speaks HTTP, but is no Git client that means well. */
public class GitAccessTest {
    private static final String REPOSITORY = "/git/state.git";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final TestAdmin admin = new TestAdmin();

    private TestState state;

    @Before
    public void serve() throws IOException {
        state = GitFixture.serve(admin, folder);
    }

    @Test
    public void demandsAPasswordOfEachRequest() throws Exception {
        String refs = REPOSITORY + "/info/refs?service=git-upload-pack";

        HttpResponse<String> answer = admin.get(refs);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"Serai\", charset=\"UTF-8\"");
        assertThat(answer.body()).contains("\"status\":401");
        assertThat(admin.post(REPOSITORY + "/git-receive-pack", "").statusCode())
                .isEqualTo(401);
        HttpResponse<String> found = as("bob", HttpRequest.newBuilder(admin.uri(refs)));
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).contains(state.head());
        assertThat(found.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    public void takesAnApiKeyForAPassword() throws Exception {
        String refs = REPOSITORY + "/info/refs?service=git-upload-pack";

        assertThat(send(refs, basic("whoever", TestLogins.KEY)).statusCode()).isEqualTo(200);
        assertThat(send(refs, basic("bob", TestLogins.KEY + "x")).statusCode()).isEqualTo(401);
    }

    @Test
    public void refusesWhoMayNotSeeTheState() throws Exception {
        HttpResponse<String> answer =
                as("carol", HttpRequest.newBuilder(admin.uri(REPOSITORY + "/info/refs?service=git-upload-pack")));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("User carol may not read state");
    }

    @Test
    public void servesNothingButTheTwoServices() throws Exception {
        for (String path : new String[] {
            "/git/other.git/info/refs?service=git-upload-pack",
            REPOSITORY + "/info/refs",
            REPOSITORY + "/info/refs?service=git-upload-archive",
            REPOSITORY + "/HEAD",
            REPOSITORY + "/objects/info/packs",
            REPOSITORY + "/git-upload-pack",
            "/git/%2e%2e/%2e%2e/x.git/info/refs?service=git-upload-pack",
            "/git/state.git%2f%2e%2e%2fx/info/refs?service=git-upload-pack"
        }) {
            HttpResponse<String> answer = as("alice", HttpRequest.newBuilder(admin.uri(path)));
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    public void pathsThatClimbLeadNowhere() throws Exception {
        for (String path : new String[] {
            "/git/../../x.git/info/refs", "/git/state.git/../x.git/info/refs", "/git/..;/state.git/info/refs"
        }) {
            try (Socket socket = admin.secure()) {
                TestAdmin.write(
                        socket,
                        "GET " + path
                                + "?service=git-upload-pack HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: "
                                + basic("alice", TestLogins.password("alice")) + "\r\n\r\n");
                assertThat(TestAdmin.readAll(socket))
                        .as(path)
                        .matches("(?s)HTTP/1.1 40[04] .*")
                        .contains("problem+json");
            }
        }
    }

    @Test
    public void whoMustWaitIsToldHowLong() throws Exception {
        String refs = REPOSITORY + "/info/refs?service=git-upload-pack";
        for (String wrong : new String[] {"alice", "nobody", "", "a:b", "\u00e9"}) {
            assertThat(send(refs, basic(wrong, "guess")).statusCode()).as(wrong).isEqualTo(401);
        }

        HttpResponse<String> answer = send(refs, basic("hasty", "guess"));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("8");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    public void headersThatAreNoCredentialsAreNoLogin() throws Exception {
        String refs = REPOSITORY + "/info/refs?service=git-upload-pack";
        for (String header : new String[] {"Basic", "Basic !!!", "Basic YWJj", "Bearer abc", "Basic "}) {
            assertThat(send(refs, header).statusCode()).as(header).isEqualTo(401);
        }
    }

    @Test
    public void garbageInsteadOfAPackChangesNothing() throws Exception {
        String head = state.head();
        String line = head + " " + "1".repeat(40) + " refs/heads/main\0 report-status";
        for (String body : new String[] {
            "",
            "zzzz",
            "0004",
            "ffff",
            "0000",
            "%04x%s0000".formatted(line.length() + 4, line),
            "%04x%s0000PACK garbage".formatted(line.length() + 4, line)
        }) {
            HttpResponse<String> answer = as(
                    "alice",
                    HttpRequest.newBuilder(admin.uri(REPOSITORY + "/git-receive-pack"))
                            .header("Content-Type", "application/x-git-receive-pack-request")
                            .POST(BodyPublishers.ofString(body)));
            assertThat(answer.body()).as(body).doesNotContain("\tat ", "<html");
        }

        assertThat(state.head()).isEqualTo(head);
        assertThat(admin.get("/none").statusCode()).isEqualTo(404);
    }

    @Test
    public void isNotThereWithoutAState() throws Exception {
        admin.server().git = null;

        assertThat(send(REPOSITORY + "/info/refs?service=git-upload-pack", basic("bob", TestLogins.password("bob")))
                        .statusCode())
                .isEqualTo(503);
    }

    private HttpResponse<String> as(String user, HttpRequest.Builder request) throws Exception {
        return admin.send(request.header("Authorization", basic(user, TestLogins.password(user))));
    }

    private HttpResponse<String> send(String path, String authorization) throws Exception {
        return admin.send(HttpRequest.newBuilder(admin.uri(path)).header("Authorization", authorization));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
