package io.serai.secrets.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.secret.SecretException;
import io.serai.secrets.internal.SecretsRig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Rule;
import org.junit.Test;

public class KeysTest {
    private static final char[] PASSPHRASE = "correct horse battery".toCharArray();

    @Rule
    public final SecretsRig rig = new SecretsRig();

    @Test
    public void keepsNoValueInClear() throws Exception {
        String serves = rig.put("db", Map.of("value", "pässwörd"));

        assertThat(rig.read("db")).isEqualTo("pässwörd");
        assertThat(rig.everything()).doesNotContain("pässwörd").contains("sealed: \"v1:");
        assertThat(serves).startsWith("a value sealed with key ");
    }

    @Test
    public void aSealedValueIsGoodForItsNameOnly() throws Exception {
        rig.put("db", Map.of("value", "canary"));
        String moved = rig.everything();
        String sealed = moved.substring(moved.indexOf("sealed: "), moved.indexOf("\n", moved.indexOf("sealed: ")));

        rig.commit(
                SecretsRig.path("mine"),
                ("kind: secret\nname: mine\nspec:\n  " + sealed + "\n").getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(SecretException.class)
                .isThrownBy(() -> rig.read("mine"))
                .withMessageContaining("is not what was sealed for secret/mine");
    }

    @Test
    public void rotationSealsAllInOneCommitAndChangesNoValue() throws Exception {
        rig.put("a", Map.of("value", "one"));
        rig.put("b", Map.of("value", "two"));
        List<Set<String>> changes = new ArrayList<>();
        rig.secrets().onChange(changes::add);
        String old = rig.keys().sealing().id();
        var before = rig.state().head().commit();
        rig.pass(Duration.ofDays(1));

        KeyUpkeep.Rotation done = rig.upkeep().rotate(SecretsRig.ANN);

        assertThat(rig.state().log(before, rig.state().head().commit())).hasSize(1);
        assertThat(done.sealed()).isEqualTo(2);
        assertThat(done.left()).isEmpty();
        assertThat(done.removed()).isEmpty();
        assertThat(rig.keys().sealing().id()).isEqualTo(done.key()).isNotEqualTo(old);
        assertThat(rig.everything()).contains("v1:" + done.key()).doesNotContain("v1:" + old);
        assertThat(rig.read("a")).as("not deployed again yet").isEqualTo("one");
        rig.deploy("a");
        assertThat(rig.read("a")).isEqualTo("one");
        assertThat(changes).isEmpty();
    }

    @Test
    public void keysGoWhenNobodyCanBringBackWhatTheySealed() throws Exception {
        rig.put("a", Map.of("value", "one"));
        String first = rig.keys().sealing().id();
        rig.pass(Duration.ofDays(1));
        String second = rig.upkeep().rotate(SecretsRig.ANN).key();
        rig.pass(Duration.ofDays(29));
        assertThat(rig.upkeep().rotate(SecretsRig.ANN).removed()).isEmpty();
        rig.pass(Duration.ofDays(2));

        assertThat(rig.upkeep().rotate(SecretsRig.ANN).removed()).containsExactly(first);

        assertThat(rig.keys().ring().keys()).containsKey(second).doesNotContainKey(first);
        rig.deploy("a");
        assertThat(rig.read("a")).isEqualTo("one");
    }

    @Test
    public void anotherClusterOpensNothingUntilKeysAreRestored() throws Exception {
        rig.put("a", Map.of("value", "one"));
        String copy = BackupCopy.write(rig.keys().ring().keys().values(), PASSPHRASE);
        assertThat(copy).doesNotContain("one").matches("serai-secret-keys:1:\\S+");

        rig.join(2);

        assertThatExceptionOfType(SecretException.class)
                .isThrownBy(() -> rig.read("a"))
                .withMessageContaining("belongs to another cluster; restore it from its backup");
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> BackupCopy.read(copy, "another passphrase".toCharArray()))
                .withMessageContaining("the passphrase is another one");
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> BackupCopy.read("x" + copy, PASSPHRASE))
                .withMessageContaining("is no backup of keys");

        rig.upkeep().restore(BackupCopy.read(copy + "\n", PASSPHRASE), SecretsRig.ANN);
        assertThat(rig.read("a")).isEqualTo("one");
    }

    @Test
    public void aNewClusterGoesOnWithoutTheOldKeys() throws Exception {
        rig.put("a", Map.of("value", "one"));
        rig.join(2);

        rig.put("b", Map.of("value", "two"));
        KeyUpkeep.Rotation done = rig.upkeep().rotate(SecretsRig.ANN);
        rig.deploy("b");

        assertThat(rig.read("b")).isEqualTo("two");
        assertThat(done.left()).containsExactly("secret/a");
        assertThat(new TreeSet<>(rig.keys().ring().foreign())).hasSize(1);
        rig.put("a", Map.of("value", "three"));
        assertThat(rig.read("a")).isEqualTo("three");
    }
}
