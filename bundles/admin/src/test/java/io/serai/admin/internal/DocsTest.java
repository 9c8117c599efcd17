package io.serai.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

public class DocsTest {
    @Rule
    public final TestAdmin admin = new TestAdmin();

    @Test
    public void showsTheApiWithoutAnythingFromElsewhere() throws Exception {
        HttpResponse<String> page = admin.get("/api/docs/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("http:", "https:");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "connect-src 'self'");
        for (String file : List.of("swagger-ui.css", "swagger-ui-bundle.js", "api.js")) {
            assertThat(page.body()).contains(file);
            assertThat(admin.get("/api/docs/" + file).body()).isNotEmpty();
        }
        assertThat(admin.get("/api").headers().firstValue("Location").orElseThrow())
                .endsWith("/api/docs/");
    }

    @Test
    public void servesNothingElse() throws Exception {
        for (String path : List.of("/api/docs/..%2findex.html", "/api/docs/META-INF/", "/api/docs/x", "/apix")) {
            assertThat(admin.get(path).statusCode()).as(path).isIn(400, 404);
        }
    }
}
