package io.serai.security.internal.login;

import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.security.internal.SecurityConfig;
import io.serai.security.internal.SecuritySettings;
import io.serai.security.internal.directory.SecurityDirectory;
import io.serai.security.internal.directory.UserSpec;
import io.serai.security.internal.password.PasswordHasher;
import io.serai.security.internal.password.PasswordRules;
import io.serai.security.internal.role.BuiltInRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the user {@code admin} of a new cluster, with the password that the launcher has made up and left in a file, and removes
 * the file when the user is in the state. A state that has users gets none.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = SecuritySettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class FirstAdministrator {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);
    private static final String NAME = "admin";
    private static final int PAUSE_SECONDS = 2;

    private final SecuritySettings settings;
    private final SecurityDirectory directory;
    private final ExecutorService executor = SecurityThreads.single("setup");

    /** Looks for the file at once, on a thread of its own. */
    @Activate
    public FirstAdministrator(SecurityConfig config, @Reference SecurityDirectory directory) {
        this(SecuritySettings.of(config), directory);
    }

    FirstAdministrator(SecuritySettings settings, SecurityDirectory directory) {
        this.settings = settings;
        this.directory = directory;
        executor.execute(this::takeOver);
    }

    @Deactivate
    void close() {
        executor.shutdownNow();
    }

    private void takeOver() {
        Path file = settings.administrator().first();
        try {
            String password = Files.readString(file).strip();
            if (directory.people().users().isEmpty()) {
                create(password);
            } else {
                LOG.info("Did not make a first administrator, since there are users: file={}", file);
            }
            Files.delete(file);
        } catch (NoSuchFileException e) {
            LOG.debug("There is no first administrator to be made: file={}", file);
        } catch (StateException | IOException e) {
            LOG.error(
                    "Could not make the first administrator, and tries again: file={}, cause={}", file, e.getMessage());
            CompletableFuture.delayedExecutor(PAUSE_SECONDS, TimeUnit.SECONDS, executor)
                    .execute(this::takeOver);
        } catch (RuntimeException e) { // nobody looks at what the executor keeps
            LOG.error("Could not make the first administrator: file={}", file, e);
        }
    }

    private void create(String password) throws StateException {
        Optional<String> problem = PasswordRules.problem(NAME, password);
        if (problem.isPresent()) {
            throw new StateException(Reason.INVALID, "the password in the file " + problem.get(), null);
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put(UserSpec.ROLES, List.of(BuiltInRoles.ADMIN_NAME));
        spec.put(
                UserSpec.PASSWORD_HASH,
                new PasswordHasher(settings.cost()).hash(password.toCharArray()).toString());
        directory.edit(
                UserSpec.KIND,
                NAME,
                new Author(settings.node(), "node"),
                "Make the first administrator",
                before -> spec);
        LOG.info("Made the first administrator: user={}", NAME);
    }
}
