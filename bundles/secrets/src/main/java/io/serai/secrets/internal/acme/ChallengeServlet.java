package io.serai.secrets.internal.acme;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Answers authorities that look whether a host name is ours (RFC 8555, section 8.3). */
@Component(service = Servlet.class, property = "osgi.http.whiteboard.servlet.pattern=/.well-known/acme-challenge/*")
public final class ChallengeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient ChallengeAnswers answers;

    /** Answers with what orders have put there. */
    @Activate
    public ChallengeServlet(@Reference ChallengeAnswers answers) {
        this.answers = answers;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        Optional<String> answer =
                path == null || path.length() < 2 ? Optional.empty() : answers.find(path.substring(1));
        if (answer.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("application/octet-stream");
        response.getOutputStream().write(answer.get().getBytes(StandardCharsets.US_ASCII));
    }
}
