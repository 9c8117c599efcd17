package io.serai.identity.internal.join;

import io.serai.identity.internal.tls.AuditedTrust;
import io.serai.identity.internal.tls.RefusalLog;
import io.serai.identity.internal.tls.Tls13Context;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks the nodes that a token names to let this one in. */
public final class JoinClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;

    private final JoinToken token;
    private final byte[] request;
    private final HttpClient client;
    private final Map<JoinToken.Address, String> failures = new LinkedHashMap<>();

    /** Asks with a token. */
    public JoinClient(JoinToken token, JoinRequest request, Clock clock) throws GeneralSecurityException {
        this.token = token;
        this.request = JoinJson.write(request);
        AuditedTrust trust =
                new AuditedTrust(new PinnedAuthority(token.authority(), clock), new RefusalLog(System::nanoTime));
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .sslContext(Tls13Context.of(null, trust))
                .build();
    }

    /**
     * Asks all of them once, one after the other, until one answers.
     *
     * @return empty if none could, which {@link #failures} explains
     * @throws JoinRefusedException if one says no
     */
    public Optional<JoinAnswer> ask() throws JoinRefusedException, InterruptedException {
        for (JoinToken.Address address : token.addresses()) {
            try {
                HttpResponse<byte[]> response = client.send(
                        HttpRequest.newBuilder(address.join())
                                .timeout(ANSWER_TIMEOUT)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() == OK) {
                    return Optional.of(JoinJson.read(response.body(), JoinAnswer.class));
                }
                failed(address, response);
            } catch (IOException e) {
                failures.put(address, explain(e));
            } catch (IllegalArgumentException e) {
                failures.put(address, "its answer cannot be read: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Returns why each address could not be asked the last time, for people. */
    public String failures() {
        return failures.toString();
    }

    private void failed(JoinToken.Address address, HttpResponse<byte[]> response) throws JoinRefusedException {
        int status = response.statusCode();
        String detail = JoinJson.detail(response.body()).orElse("no reason given");
        if (status == BAD_REQUEST || status == FORBIDDEN || status == CONFLICT) {
            throw new JoinRefusedException(address + " said: " + detail);
        }
        failures.put(address, "HTTP status " + status + ": " + detail);
    }

    /** Returns the message of the innermost cause, since that of TLS or of the network is at the bottom. */
    private static String explain(IOException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
