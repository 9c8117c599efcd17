package io.serai.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class NodeKeysTest {
    private static final String GROUP = "_g_\\:admingroup = group,admin";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path etc;
    private NodeKeys keys;

    @Before
    public void shipsKeysFile() throws IOException {
        etc = folder.getRoot().toPath();
        Files.writeString(etc.resolve("keys.properties"), GROUP + "\n");
        keys = new NodeKeys(etc);
    }

    @Test
    public void admitsTheOwnerAsAdministrator() throws Exception {
        keys.create("ann");

        assertThat(keys.user()).isEqualTo("ann");
        assertThat(Files.readAllLines(etc.resolve("keys.properties")))
                .contains(GROUP)
                .anyMatch(line -> line.startsWith("ann = AAAA") && line.endsWith(",_g_:admingroup"));
    }

    @Test
    public void keepsKeysFromOtherUsersOfTheMachine() throws Exception {
        keys.create("ann");

        for (String name : List.of("host.key", "shell.key", "keys.properties")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(etc.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    public void keepsKeysThatAreThere() throws Exception {
        keys.create("ann");
        var host = keys.host().getPublic();
        var shell = keys.shell().getPublic();

        keys.create("bob");

        assertThat(keys.host().getPublic()).isEqualTo(host);
        assertThat(keys.shell().getPublic()).isEqualTo(shell);
        assertThat(keys.user()).isEqualTo("ann");
    }

    @Test
    public void saysWhatToDoWhenTheOwnerWasRemoved() throws Exception {
        keys.create("ann");
        Files.writeString(etc.resolve("keys.properties"), GROUP + "\n");

        assertThatThrownBy(keys::user).hasMessageContaining("remove that key");
    }
}
