package io.serai.security.internal.login;

import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import io.serai.security.internal.SecuritySettings;
import io.serai.security.internal.directory.SecurityDirectory;
import io.serai.security.internal.directory.UserSpec;
import io.serai.security.internal.password.PasswordHash;
import io.serai.security.internal.password.PasswordHasher;
import io.serai.security.internal.password.PasswordRules;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares passwords with what is kept of them. Does the same work whether there is such a user or not, and brings hashes up to
 * date that took less or more than they should.
 */
final class PasswordCheck {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordCheck.class);

    private final String node;
    private final SecurityDirectory directory;
    private final PasswordHasher hasher;
    private final HashSlots slots = new HashSlots();
    private final ExecutorService executor = SecurityThreads.single("rehash");

    PasswordCheck(SecuritySettings settings, SecurityDirectory directory) {
        this.node = settings.node();
        this.directory = directory;
        this.hasher = new PasswordHasher(settings.cost());
    }

    void close() {
        executor.shutdownNow();
    }

    /** Returns whether the caller may check one now; if so, it leaves afterwards. */
    boolean enter() {
        return slots.enter();
    }

    void leave() {
        slots.leave();
    }

    /** Returns the user of a name if it may log in with a password. */
    Optional<UserSpec> check(String name, char[] password) {
        Optional<UserSpec> user = directory.people().active(name);
        Optional<PasswordHash> kept = user.flatMap(UserSpec::password);
        boolean bearable = password.length <= PasswordRules.MAX_CHARACTERS;
        char[] given = bearable ? password : Arrays.copyOf(password, PasswordRules.MAX_CHARACTERS);
        boolean right = hasher.verify(given, kept.orElse(hasher.nobody())) && bearable;
        if (!right || kept.isEmpty()) {
            return Optional.empty();
        }
        if (hasher.isOutdated(kept.get())) {
            PasswordHash next = hasher.renew(password, kept.get());
            executor.execute(() -> replace(name, kept.get(), next));
        }
        return user;
    }

    private void replace(String name, PasswordHash before, PasswordHash next) {
        try {
            directory.edit(
                    UserSpec.KIND, name, new Author(node, "node"), "Hash the password of " + name + " anew", spec -> {
                        var changed = spec.orElseThrow(() ->
                                new StateException(StateException.Reason.NOT_FOUND, "the user was removed", null));
                        if (before.toString().equals(changed.get(UserSpec.PASSWORD_HASH))) {
                            changed.put(UserSpec.PASSWORD_HASH, next.toString());
                        }
                        return changed;
                    });
            LOG.info("Hashed a password anew, since the cost has changed: user={}", name);
        } catch (StateException e) {
            LOG.warn(
                    "Could not keep the new hash of a password; the next login tries again: user={}, cause={}",
                    name,
                    e.getMessage());
        }
    }
}
