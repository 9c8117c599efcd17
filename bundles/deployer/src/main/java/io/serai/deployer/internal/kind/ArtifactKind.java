package io.serai.deployer.internal.kind;

import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.SchemaFile;
import io.serai.api.state.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The kind {@code artifact}: the files of {@code deploy/}. */
@Component(service = ObjectKind.class)
public final class ArtifactKind implements FileKind {
    private static final String NAME = "artifact";
    private static final String TEXT = "text";
    private static final String BASE64 = "base64";
    private static final String SHA256 = "sha256";
    private static final int BUFFER = 64 * 1024;

    private final String schema = SchemaFile.read(ArtifactKind.class, NAME);

    /** Reads its schema. */
    @Activate
    public ArtifactKind() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public String folder() {
        return "deploy";
    }

    @Override
    public Optional<String> objectName(String fileName) {
        return Optional.of(fileName);
    }

    @Override
    public String fileName(String objectName) {
        return objectName;
    }

    @Override
    public Map<String, Object> read(ObjectKey key, Content content, boolean full) throws ObjectException {
        try {
            if (!full) {
                return Map.of("bytes", content.size(), SHA256, sha256(content));
            }
            byte[] bytes = content.bytes();
            Optional<String> text = text(bytes);
            return text.isPresent()
                    ? Map.of(TEXT, text.get())
                    : Map.of(BASE64, Base64.getEncoder().encodeToString(bytes));
        } catch (IOException e) {
            throw new ObjectException(Reason.IO, key + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Content write(ObjectKey key, Map<String, Object> spec, Optional<Content> before) throws ObjectException {
        Content content = given(key, spec).or(() -> before).orElseThrow(() -> without(key));
        try {
            Object expected = spec.get(SHA256);
            if (expected != null && !expected.equals(sha256(content))) {
                throw new ObjectException(
                        Reason.INVALID,
                        key + " does not have the SHA-256 " + expected
                                + "; give the content that has, or leave sha256 out",
                        null);
            }
        } catch (IOException e) {
            throw new ObjectException(Reason.IO, key + " cannot be read: " + e.getMessage(), e);
        }
        if (spec.isEmpty()) {
            throw without(key);
        }
        return content;
    }

    private static ObjectException without(ObjectKey key) {
        return new ObjectException(
                Reason.INVALID, key + " has no content; give it as text or base64, or upload the file", null);
    }

    private static Optional<Content> given(ObjectKey key, Map<String, Object> spec) throws ObjectException {
        if (spec.containsKey(TEXT) && spec.containsKey(BASE64)) {
            throw new ObjectException(Reason.INVALID, key + " has both text and base64; leave one out", null);
        }
        if (spec.get(TEXT) instanceof String text) {
            return Optional.of(Content.of(text.getBytes(StandardCharsets.UTF_8)));
        }
        if (!(spec.get(BASE64) instanceof String base64)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Content.of(Base64.getMimeDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            throw new ObjectException(Reason.INVALID, key + ": base64 is not that: " + e.getMessage(), e);
        }
    }

    /** Returns the text that bytes are, if they are one that can stand in YAML as it is. */
    private static Optional<String> text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean plain = text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\t' || c == '\r');
            return plain ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty(); // it is binary
        }
    }

    private static String sha256(Content content) throws IOException {
        try (InputStream in = content.open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
