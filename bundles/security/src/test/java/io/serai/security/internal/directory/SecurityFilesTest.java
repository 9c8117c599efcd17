package io.serai.security.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.security.internal.SecurityFixture;
import java.nio.charset.StandardCharsets;
import org.junit.Rule;
import org.junit.Test;

public class SecurityFilesTest {
    private static final String HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @Rule
    public final SecurityFixture security = new SecurityFixture();

    @Test
    public void takesUsersRolesAndKeysAsTheyAreKept() throws Exception {
        put("user", "ann@acme.com", "{roles: [admin], passwordHash: '" + HASH + "', fullName: Ann, email: a@b.c}");
        put("role", "r", "{description: x, permissions: [{kinds: ['*', '!user'], verbs: [read], names: ['a*']}]}");
        put("api-key", "k", "{user: ann, expires: 2027-01-31T12:00:00+01:00}");

        People people = security.directory().people();
        assertThat(people.active("ann@acme.com").flatMap(UserSpec::password)).isPresent();
        assertThat(people.roles()).containsKeys("r", "admin");
        assertThat(people.keys()).isEmpty(); // has no secret yet
    }

    @Test
    public void refusesPasswordsInClear() {
        assertRefuses("user", "ann", "{roles: [admin], password: correct horse battery}", "is in clear");
    }

    @Test
    public void refusesWhatWouldNotCount() {
        assertRefuses("user", "ann", "{rolls: [admin]}", "'rolls' is no key here; use disabled, email");
        assertRefuses("user", "ann", "{roles: admin}", "'roles' must be a list");
        assertRefuses("user", "ann", "{disabled: maybe}", "must be true or false");
        assertRefuses("user", "a:b", "{}", "cannot be the name of a user");
        assertRefuses("user", "ann", "{passwordHash: secret}", "no hash by Argon2id");
        assertRefuses("user", "ann", "{passwordHash: '" + HASH.replace("19456", "9999999") + "'}", "a login can bear");
        assertRefuses("role", "admin", "{permissions: [{kinds: ['*'], verbs: ['*']}]}", "is built in");
        assertRefuses("role", "r", "{permissions: []}", "must have at least one");
        assertRefuses("role", "r", "{permissions: [{kinds: [A], verbs: ['*']}]}", "must be a list of kinds");
        assertRefuses("api-key", "k", "{user: ann, expires: tomorrow}", "RFC 3339");
        assertRefuses("api-key", "k", "{user: ann, expires: 2027-01-01T00:00:00Z, id: x}", "belong together");
    }

    @Test
    public void refusesHostileYaml() {
        assertRefuses("user", "ann", "{fullName: &a x, email: *a}", "aliases");
        assertRefuses("user", "ann", "{fullName: x, fullName: y}", "Duplicate");
        assertRefuses("user", "ann", "[".repeat(5_000), "no YAML");
        assertRefuses("user", "ann", "{fullName: " + "x".repeat(70_000) + "}", "at most 65536");
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> write("user", "ann", "kind: role\nname: ann\nspec: {}\n"))
                .withMessageContaining("kind must be user");
        assertThatExceptionOfType(StateException.class).isThrownBy(() -> write("user", "ann", ""));
    }

    private void assertRefuses(String kind, String name, String spec, String part) {
        assertThatExceptionOfType(StateException.class)
                .as(spec.substring(0, Math.min(spec.length(), 100)))
                .isThrownBy(() -> put(kind, name, spec))
                .withMessageContaining(part);
    }

    private void put(String kind, String name, String spec) throws Exception {
        write(kind, name, "kind: " + kind + "\nname: '" + name + "'\nspec: " + spec + "\n");
    }

    private void write(String kind, String name, String text) throws Exception {
        security.put(StatePath.of("objects", kind, name + ".yaml"), Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
