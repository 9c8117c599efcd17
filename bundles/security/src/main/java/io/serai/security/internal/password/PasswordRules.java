package io.serai.security.internal.password;

import java.util.Locale;
import java.util.Optional;

/** What a password must be: long, as NIST SP 800-63B has it; demands on its characters make none better. */
public final class PasswordRules {
    /** The fewest characters. */
    public static final int MIN_CHARACTERS = 12;

    /** The most characters, which bounds what a login sends. */
    public static final int MAX_CHARACTERS = 1_024;

    private PasswordRules() {}

    /** Returns why somebody cannot have a password; empty if they can. */
    public static Optional<String> problem(String user, String password) {
        if (password.length() < MIN_CHARACTERS) {
            return Optional.of("has " + password.length() + " characters; give at least " + MIN_CHARACTERS
                    + ", such as some words");
        }
        if (password.length() > MAX_CHARACTERS) {
            return Optional.of("has " + password.length() + " characters; give at most " + MAX_CHARACTERS);
        }
        if (password.toLowerCase(Locale.ROOT).equals(user.toLowerCase(Locale.ROOT))) {
            return Optional.of("is the name of the user; choose another");
        }
        if (password.chars().distinct().count() < 4) {
            return Optional.of("repeats few characters; choose another");
        }
        return Optional.empty();
    }
}
