package io.serai.deployer.internal.kind;

import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.SchemaFile;
import io.serai.api.state.Content;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The kind {@code configuration}: the files of {@code config/}. Comments of a file that is put as an object are lost. */
@Component(service = ObjectKind.class)
public final class ConfigurationKind implements FileKind {
    private static final String NAME = "configuration";
    private static final String SUFFIX = ".cfg";

    private final String schema = SchemaFile.read(ConfigurationKind.class, NAME);

    /** Reads its schema. */
    @Activate
    public ConfigurationKind() {}

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
        return "config";
    }

    @Override
    public Optional<String> objectName(String fileName) {
        return fileName.endsWith(SUFFIX) && fileName.length() > SUFFIX.length()
                ? Optional.of(fileName.substring(0, fileName.length() - SUFFIX.length()))
                : Optional.empty();
    }

    @Override
    public String fileName(String objectName) {
        return objectName + SUFFIX;
    }

    @Override
    public Map<String, Object> read(ObjectKey key, Content content, boolean full) throws ObjectException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(content.open(), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new ObjectException(Reason.INVALID, key + " is not a properties file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ObjectException(Reason.IO, key + " cannot be read: " + e.getMessage(), e);
        }
        Map<String, Object> spec = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> spec.put(name, properties.getProperty(name)));
        return spec;
    }

    @Override
    public Content write(ObjectKey key, Map<String, Object> spec, Optional<Content> before) throws ObjectException {
        if (before.isPresent() && read(key, before.get(), true).equals(new TreeMap<>(spec))) {
            return before.get(); // with its comments
        }
        Properties properties = new Properties();
        spec.forEach((name, value) -> properties.setProperty(name, String.valueOf(value)));
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException("A text cannot be written to memory", e);
        }
        // the first line is the date, the others come in any order
        String lines = text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return Content.of(lines.getBytes(StandardCharsets.UTF_8));
    }
}
