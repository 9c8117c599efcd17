package io.serai.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.cluster.Enrollment;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.Rule;
import org.junit.Test;

public class JoinTest {
    private static final String PATH = "/api/v1/cluster/join";

    @Rule
    public final TestAdmin admin = new TestAdmin();

    @Test
    public void handsTheRequestToTheEnrollmentAndItsAnswerBack() throws Exception {
        admin.server().enrollment = (request, from) -> ("{\"got\":\"" + new String(request, StandardCharsets.UTF_8)
                        + "\",\"from\":\"" + from + "\"}")
                .getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> answer = admin.post(PATH, "a".repeat(Enrollment.MAX_REQUEST_BYTES));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).endsWith("a\",\"from\":\"127.0.0.1\"}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    public void tellsWhyItWasRefused() throws Exception {
        refuse(Reason.INVALID);
        assertProblem(admin.post(PATH, "{}"), 400, "because INVALID");
        refuse(Reason.NOT_FOUND);
        assertProblem(admin.post(PATH, "{}"), 403, "because NOT_FOUND", "/errors/token-refused");
        refuse(Reason.CONFLICT);
        assertProblem(admin.post(PATH, "{}"), 409, "because CONFLICT");
        refuse(Reason.IO);
        assertThat(assertProblem(admin.post(PATH, "{}"), 503)).doesNotContain("because IO");
        admin.server().enrollment = (request, from) -> {
            throw new IllegalStateException("secret detail");
        };
        assertThat(assertProblem(admin.post(PATH, "{}"), 500)).doesNotContain("secret");
    }

    @Test
    public void hasNothingToOfferBeforeThereIsAnEnrollment() throws Exception {
        assertProblem(admin.post(PATH, "{}"), 503, "ask another node");
    }

    @Test
    public void takesPostOnly() throws Exception {
        HttpResponse<String> answer = admin.get(PATH);

        assertProblem(answer, 405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    public void makesAnAddressWaitThatFailsTooOften() throws Exception {
        refuse(Reason.NOT_FOUND);
        for (int i = 0; i < 5; i++) {
            assertProblem(admin.post(PATH, "{}"), 403);
        }

        admin.server().enrollment = (request, from) -> new byte[0];
        HttpResponse<String> answer = admin.post(PATH, "{}");

        assertProblem(answer, 429);
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(55, 60);
    }

    @Test
    public void refusesBodiesThatAreTooLarge() throws Exception {
        admin.server().enrollment = (request, from) -> new byte[0];
        int tooMuch = Enrollment.MAX_REQUEST_BYTES + 1;

        assertProblem(admin.post(PATH, "a".repeat(tooMuch)), 413, "16384");
        try (Socket socket = admin.secure()) {
            TestAdmin.write(
                    socket,
                    "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(tooMuch) + "\r\n" + "a".repeat(tooMuch) + "\r\n");
            assertThat(TestAdmin.readAll(socket)).startsWith("HTTP/1.1 413 ").contains("application/problem+json");
        }
    }

    private void refuse(Reason reason) {
        admin.server().enrollment = (request, from) -> {
            throw new StateException(reason, "because " + reason, null);
        };
    }

    private static String assertProblem(HttpResponse<String> answer, int status, String... parts) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body())
                .contains("\"status\":" + status, "\"instance\":\"" + PATH + "\"", "\"correlationId\":\"");
        for (String part : parts) {
            assertThat(answer.body()).contains(part);
        }
        return answer.body();
    }
}
