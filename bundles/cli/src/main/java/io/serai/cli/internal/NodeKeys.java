package io.serai.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/**
 * The keys in a node's {@code etc}: {@code host.key} says which node it is, {@code shell.key} lets its owner in. Both are
 * on the curve P-256, which takes milliseconds to generate, and have their public half beside them.
 */
final class NodeKeys {
    private static final String HOST = "host.key";
    private static final String SHELL = "shell.key";
    private static final String CURVE = "secp256r1";
    private static final int COORDINATE_BITS = 256;

    private final Path etc;

    NodeKeys(Path etc) {
        this.etc = etc;
    }

    /** Makes the keys that are not there, and lets the holder of {@code shell.key} in as an administrator. */
    void create(String user) throws IOException, GeneralSecurityException {
        if (!Files.exists(etc.resolve(HOST))) {
            write(HOST, generate());
        }
        if (!Files.exists(etc.resolve(SHELL))) {
            KeyPair shell = generate();
            while (!karafReads((ECPublicKey) shell.getPublic())) {
                shell = generate();
            }
            admit(user, shell.getPublic());
            write(SHELL, shell);
        }
    }

    private static KeyPair generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(CURVE));
        return generator.generateKeyPair();
    }

    /** Karaf 4.4's PublickeyLoginModule takes a coordinate whose first bit is set for a negative number. */
    private static boolean karafReads(ECPublicKey key) {
        ECPoint point = key.getW();
        return point.getAffineX().bitLength() < COORDINATE_BITS
                && point.getAffineY().bitLength() < COORDINATE_BITS;
    }

    private void admit(String user, PublicKey key) throws IOException {
        String others = keyLines().stream()
                .filter(line -> !line.startsWith(user + " ="))
                .collect(Collectors.joining("\n"));
        write(keysFile(), others + "\n" + user + " = " + authorized(key) + ",_g_:admingroup\n");
    }

    /** Returns the key that a node proves itself with. */
    KeyPair host() throws IOException, GeneralSecurityException {
        return read(HOST);
    }

    /** Returns the key that opens the shell. */
    KeyPair shell() throws IOException, GeneralSecurityException {
        return read(SHELL);
    }

    /** Returns the user whom the key of the shell belongs to. */
    String user() throws IOException, GeneralSecurityException {
        String key = authorized(shell().getPublic());
        return keyLines().stream()
                .map(line -> line.split("=", 2))
                .filter(line -> line.length == 2 && line[1].strip().startsWith(key))
                .map(line -> line[0].strip())
                .findFirst()
                .orElseThrow(() -> new IOException(keysFile() + " has no user with the key " + etc.resolve(SHELL)
                        + "; remove that key, and the next start of the node makes a new one"));
    }

    private List<String> keyLines() throws IOException {
        return Files.readAllLines(keysFile());
    }

    private Path keysFile() {
        return etc.resolve("keys.properties");
    }

    /** Returns a key as a line of authorized_keys has it. */
    private static String authorized(PublicKey key) {
        String entry = PublicKeyEntry.toString(key);
        return entry.substring(entry.indexOf(' ') + 1);
    }

    private KeyPair read(String name) throws IOException, GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("EC");
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(decode(etc.resolve(name + ".pub")))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(decode(etc.resolve(name)))));
    }

    private static byte[] decode(Path file) throws IOException {
        return Base64.getMimeDecoder().decode(Files.readString(file).replaceAll("-----[A-Z ]+-----", ""));
    }

    private void write(String name, KeyPair keys) throws IOException {
        write(etc.resolve(name + ".pub"), pem("PUBLIC KEY", keys.getPublic()));
        write(etc.resolve(name), pem("PRIVATE KEY", keys.getPrivate()));
    }

    private static String pem(String what, Key key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    private static void write(Path file, String content) throws IOException {
        Path fresh = Files.createTempFile(
                file.getParent(),
                file.getFileName().toString(),
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
