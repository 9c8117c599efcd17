package io.serai.security.internal.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a session is proved by: what it says can be read, and only nodes can sign it.
 *
 * @param id which session
 * @param user whose
 * @param mark what the password was known by when it was opened
 * @param opened when, in milliseconds since 1970
 * @param expires when it ends, likewise
 */
record SessionToken(String id, String user, String mark, long opened, long expires) {
    /** What each token begins with. */
    static final String PREFIX = "serai-session.";

    private static final int PARTS = 6;
    private static final int MAX_CHARACTERS = 4_000;

    String sign(byte[] key) {
        String text = PREFIX
                + String.join(
                        ".",
                        id,
                        Secrets.text(user.getBytes(StandardCharsets.UTF_8)),
                        mark,
                        Long.toString(opened),
                        Long.toString(expires));
        return text + "." + Secrets.text(Secrets.hmac(key, text));
    }

    /** Returns what a token says that was signed with a key; empty if it was not. */
    static Optional<SessionToken> verify(String token, byte[] key) {
        int end = token.lastIndexOf('.');
        if (!token.startsWith(PREFIX) || token.length() > MAX_CHARACTERS || end < PREFIX.length()) {
            return Optional.empty();
        }
        byte[] expected =
                Secrets.text(Secrets.hmac(key, token.substring(0, end))).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, token.substring(end + 1).getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        List<String> parts = List.of(token.substring(PREFIX.length()).split("\\.", -1));
        if (parts.size() != PARTS) {
            return Optional.empty(); // of another version
        }
        String user = new String(Base64.getUrlDecoder().decode(parts.get(1)), StandardCharsets.UTF_8);
        return Optional.of(new SessionToken(
                parts.get(0), user, parts.get(2), Long.parseLong(parts.get(3)), Long.parseLong(parts.get(4))));
    }

    Instant end() {
        return Instant.ofEpochMilli(expires);
    }

    /** Keeps what proves it out of logs. */
    @Override
    public String toString() {
        return "SessionToken[" + user + "]";
    }
}
