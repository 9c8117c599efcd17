package io.serai.deployer.internal.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.Test;

/** Jars that are broken, or made to do harm. */
public class DamagedJarTest {
    private static final StatePath PATH = StatePath.of("deploy", "orders.jar");
    private static final int LOCAL = 0x04034b50;
    private static final int DIRECTORY = 0x02014b50;

    private final JarBundleBuilder builder = new JarBundleBuilder();

    @Test
    public void refusesWhatIsNoArchive() throws IOException {
        assertThat(refusal(new byte[0])).isEqualTo("orders.jar is refused: it is empty; copy it again");
        assertThat(refusal("<html>404</html>".getBytes(UTF_8))).isEqualTo("orders.jar is refused: it is no zip");
        byte[] jar = jar();
        assertThat(refusal(Arrays.copyOf(jar, 100)))
                .isEqualTo("orders.jar is refused: it is cut off after 100 bytes; copy it again");
    }

    @Test
    public void refusesAJarCutOffAnywhere() throws IOException {
        byte[] jar = jar();
        for (int length = 0; length < jar.length; length++) {
            assertThat(refusal(Arrays.copyOf(jar, length)))
                    .as("%d bytes", length)
                    .isNotEmpty();
            assertThat(refusal(Arrays.copyOfRange(jar, jar.length - length, jar.length)))
                    .as("last %d bytes", length)
                    .isNotEmpty();
        }
    }

    @Test
    public void neverThrowsAnythingElseHoweverBytesAreChanged() throws IOException {
        byte[] jar = jar();
        for (int position = 0; position < jar.length; position++) {
            for (int value : new int[] {0, 0xFF, jar[position] ^ 1, jar[position] ^ 0x80}) {
                byte[] changed = jar.clone();
                changed[position] = (byte) value;
                Throwable thrown = catchThrowable(() -> checkAndBuild(changed));
                assertThat(thrown == null || thrown instanceof DeploymentException)
                        .as("byte %d set to %d: %s", position, value, thrown)
                        .isTrue();
            }
        }
    }

    @Test
    public void refusesNamesThatLeadElsewhere() throws IOException {
        assertThat(refusal(jarWith("../evil.txt"))).contains("'../evil.txt' leads out of its folder");
        assertThat(refusal(jarWith("a/../../evil.txt"))).contains("leads out of its folder");
        assertThat(refusal(jarWith("a/.."))).contains("leads out of its folder");
        assertThat(refusal(jarWith("/etc/passwd"))).contains("has no relative path");
        assertThat(refusal(jarWith("C:/evil.txt"))).contains("has no relative path");
        assertThat(refusal(jarWith("a\\evil.txt"))).contains("has a backslash");
        assertThat(refusal(jarWith("a\0.txt"))).contains("'a?.txt' has a backslash or a character");
        assertThat(refusal(jarWith("a..b/..c.txt"))).isEmpty();
    }

    @Test
    public void refusesAnArchiveThatInflatesWithoutBounds() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[1 << 20];
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            for (int i = 0; i < 70; i++) {
                zip.write(block);
            }
        }

        assertThat(refusal(out.toByteArray())).contains("it is a zip bomb: at entry zeros");
    }

    @Test
    public void refusesEntriesThatShareTheirBytes() throws IOException {
        ByteBuffer jar = buffer(storedTwice("a", "b"));
        int second = find(jar, DIRECTORY, 1);
        jar.put(second + 46, (byte) 'a');
        jar.putInt(second + 42, jar.getInt(find(jar, DIRECTORY, 0) + 42));

        assertThat(refusal(jar)).contains("shares its bytes with another; it is a zip bomb");
    }

    @Test
    public void refusesTwoDifferentEntriesOfOneName() throws IOException {
        ByteBuffer jar = buffer(storedTwice("a", "b"));
        assertThat(refusal(jar)).isEmpty();
        jar.put(find(jar, DIRECTORY, 1) + 46, (byte) 'a');
        jar.put(find(jar, LOCAL, 1) + 30, (byte) 'a');
        assertThat(refusal(jar)).isEmpty();

        ByteBuffer different = buffer(stored(Map.of("a", "one"), Map.of("b", "two")));
        different.put(find(different, DIRECTORY, 1) + 46, (byte) 'a');
        different.put(find(different, LOCAL, 1) + 30, (byte) 'a');
        assertThat(refusal(different)).contains("it has two different entries a");
    }

    @Test
    public void refusesAnEntryThatIsAnotherThanItsDirectorySays() throws IOException {
        ByteBuffer jar = buffer(storedTwice("a", "b"));
        jar.put(find(jar, LOCAL, 1) + 30, (byte) 'c');

        assertThat(refusal(jar)).contains("entry b is another than the directory says");
    }

    @Test
    public void refusesBytesThatDoNotFitTheirChecksum() throws IOException {
        ByteBuffer jar = buffer(storedTwice("a", "b"));
        int data = find(jar, LOCAL, 1) + 31;
        jar.put(data, (byte) (jar.get(data) ^ 1));

        assertThat(refusal(jar)).contains("entry b is damaged; copy the file again");
    }

    @Test
    public void refusesEntriesThatJavaCannotRead() throws IOException {
        ByteBuffer encrypted = buffer(storedTwice("a", "b"));
        encrypted.putShort(find(encrypted, DIRECTORY, 0) + 8, (short) 1);
        assertThat(refusal(encrypted)).contains("entry a is encrypted");

        ByteBuffer method = buffer(storedTwice("a", "b"));
        method.putShort(find(method, DIRECTORY, 0) + 10, (short) 14);
        assertThat(refusal(method)).contains("compressed by method 14");
    }

    @Test
    public void doesNotTrustTheSizesAnArchiveStates() throws IOException {
        ByteBuffer jar = buffer(jar());
        int entry = find(jar, DIRECTORY, 0);
        jar.putInt(entry + 24, 5);

        assertThat(refusal(jar)).contains("entry META-INF/MANIFEST.MF is damaged");
    }

    private void checkAndBuild(byte[] jar) throws DeploymentException {
        builder.check(PATH, Content.of(jar));
        builder.build(new Artifact(PATH, new BlobId("0".repeat(40)), Content.of(jar)));
    }

    /** Returns why a jar is refused; empty if it is not. */
    private String refusal(byte[] jar) {
        try {
            builder.check(PATH, Content.of(jar));
            return "";
        } catch (DeploymentException e) {
            assertThat(e.reason()).isEqualTo(Reason.INVALID);
            return String.valueOf(e.getMessage());
        }
    }

    private String refusal(ByteBuffer jar) {
        byte[] bytes = new byte[jar.limit()];
        jar.get(0, bytes);
        return refusal(bytes);
    }

    private static byte[] jar() throws IOException {
        return TestBundles.bundle("Bundle-ManifestVersion: 2", "Bundle-SymbolicName: com.acme.orders");
    }

    private static byte[] jarWith(String name) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("META-INF/MANIFEST.MF", TestBundles.manifest());
        files.put(name, new byte[1]);
        return TestBundles.jar(files);
    }

    private static byte[] storedTwice(String first, String second) throws IOException {
        return stored(Map.of(first, "same"), Map.of(second, "same"));
    }

    @SafeVarargs
    private static byte[] stored(Map<String, String>... files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map<String, String> file : files) {
                for (Map.Entry<String, String> content : file.entrySet()) {
                    byte[] bytes = content.getValue().getBytes(UTF_8);
                    CRC32 crc = new CRC32();
                    crc.update(bytes);
                    ZipEntry entry = new ZipEntry(content.getKey());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(bytes.length);
                    entry.setCrc(crc.getValue());
                    zip.putNextEntry(entry);
                    zip.write(bytes);
                }
            }
        }
        return out.toByteArray();
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns where the header with a signature starts, counted from 0. */
    private static int find(ByteBuffer jar, int signature, int number) {
        int found = -1;
        for (int position = 0; position < jar.limit() - 3; position++) {
            if (jar.getInt(position) == signature && ++found == number) {
                return position;
            }
        }
        throw new AssertionError("No header " + number + " of " + Integer.toHexString(signature));
    }
}
