package io.serai.security.internal.login;

import io.serai.api.security.AuditLog;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import io.serai.security.internal.SecurityConfig;
import io.serai.security.internal.SecuritySettings;
import io.serai.security.internal.directory.SecurityDirectory;
import io.serai.security.internal.directory.UserSpec;
import io.serai.security.internal.password.PasswordHasher;
import io.serai.security.internal.password.PasswordRules;
import io.serai.security.internal.role.BuiltInRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the user {@code admin} a password that stands in a file, for whoever has lost it: the file must belong to the user that
 * the node runs as, and nobody else may write or read it. Whoever can make it could change the whole node anyway.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = SecuritySettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class AdministratorReset {
    private static final Logger LOG = LoggerFactory.getLogger(AdministratorReset.class);
    private static final String NAME = "admin";
    private static final String OBJECT = UserSpec.KIND + "/" + NAME;
    private static final long LOOK_SECONDS = 2;
    private static final Set<PosixFilePermission> OWN =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final SecuritySettings settings;
    private final SecurityDirectory directory;
    private final AuditLog audit;
    private final ScheduledExecutorService executor = SecurityThreads.scheduled("reset");
    private final ScheduledFuture<?> looking;
    private String told = ""; // used by the executor's thread only

    /** Looks for the file now and then. */
    @Activate
    public AdministratorReset(
            SecurityConfig config, @Reference SecurityDirectory directory, @Reference AuditLog audit) {
        this.settings = SecuritySettings.of(config);
        this.directory = directory;
        this.audit = audit;
        this.looking = executor.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void close() {
        looking.cancel(true);
        executor.shutdownNow();
    }

    private void look() {
        Path file = settings.administrator().reset();
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                requireOwn(file);
                reset(Files.readString(file).strip());
                Files.delete(file);
                LOG.info("Gave the user admin the password of a file: file={}", file);
                audit.record(event(Outcome.DONE, "from " + file.getFileName()));
            }
            told = "";
        } catch (NoSuchFileException e) {
            LOG.debug("A file with a password went away: file={}", file);
        } catch (StateException | IOException e) {
            refuse(file, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // or it would not be looked for again
            LOG.error("Could not look for a new password of the user admin: file={}", file, e);
        }
    }

    /** Says once why a file is not taken, until it is another reason. */
    private void refuse(Path file, String cause) {
        if (!cause.equals(told)) {
            told = cause;
            LOG.error("Did not give the user admin the password of a file: file={}, cause={}", file, cause);
            audit.record(event(Outcome.FAILED, cause));
        }
    }

    private Event event(Outcome outcome, String detail) {
        return new Event("", "local", "node", "reset-password", OBJECT, outcome, detail);
    }

    private static void requireOwn(Path file) throws IOException {
        PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        String owner = found.owner().getName();
        Path home = Path.of("/proc/self");
        String self = Files.exists(home) ? Files.getOwner(home).getName() : System.getProperty("user.name");
        if (!found.isRegularFile() || !owner.equals(self) || !OWN.containsAll(found.permissions())) {
            throw new IOException("it must be a file of the user " + self
                    + " that nobody else may read or write; make it anew after umask 077");
        }
    }

    private void reset(String password) throws StateException {
        Optional<String> problem = PasswordRules.problem(NAME, password);
        if (problem.isPresent()) {
            throw new StateException(StateException.Reason.INVALID, "the password in the file " + problem.get(), null);
        }
        String hash =
                new PasswordHasher(settings.cost()).hash(password.toCharArray()).toString();
        directory.edit(
                UserSpec.KIND,
                NAME,
                new Author(settings.node(), "node"),
                "Give the user admin another password, by a file of the node",
                before -> administrator(before.orElse(Map.of()), hash));
    }

    private static Map<String, Object> administrator(Map<String, Object> before, String hash) {
        Map<String, Object> spec = new HashMap<>(before);
        Set<String> roles = new TreeSet<>(Set.of(BuiltInRoles.ADMIN_NAME));
        if (before.get(UserSpec.ROLES) instanceof Iterable<?> known) {
            known.forEach(role -> roles.add(String.valueOf(role)));
        }
        spec.put(UserSpec.ROLES, new ArrayList<>(roles));
        spec.put(UserSpec.PASSWORD_HASH, hash);
        spec.remove("disabled");
        return spec;
    }
}
