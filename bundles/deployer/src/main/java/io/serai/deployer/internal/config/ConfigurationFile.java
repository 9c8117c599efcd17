package io.serai.deployer.internal.config;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .cfg} file.
 *
 * @param pid the PID, or the factory PID
 * @param instance which of the factory's configurations, if it is for a factory
 * @param values its keys and values
 */
record ConfigurationFile(String pid, Optional<String> instance, Map<String, String> values) {
    private static final String SUFFIX = ".cfg";
    private static final long MAX_BYTES = 1024 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.]+([-~][A-Za-z0-9_.~-]+)?");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^{}]+)}");

    ConfigurationFile {
        values = Map.copyOf(values);
    }

    static boolean named(StatePath path) {
        return path.fileName().endsWith(SUFFIX);
    }

    /** Returns the full PID, as the Configuration Admin service forms it. */
    String fullPid() {
        return instance.map(name -> pid + "~" + name).orElse(pid);
    }

    /**
     * Reads a file, in UTF-8.
     *
     * @param variables the values of <code>${name}</code>; one that is unknown stays as it is written
     */
    static ConfigurationFile read(StatePath path, Content content, Function<String, @Nullable String> variables)
            throws DeploymentException {
        String name = path.fileName().substring(0, path.fileName().length() - SUFFIX.length());
        if (!NAME.matcher(name).matches()) {
            throw new DeploymentException(
                    Reason.INVALID,
                    path + " is not named after a PID: call it <pid>.cfg, or <factory PID>~<name>.cfg.",
                    null);
        }
        Map<String, String> values = new TreeMap<>();
        load(path, content)
                .forEach((key, value) -> values.put(String.valueOf(key), substitute(String.valueOf(value), variables)));
        int tilde = name.indexOf('~');
        int cut = tilde >= 0 ? tilde : name.indexOf('-');
        return cut < 0
                ? new ConfigurationFile(name, Optional.empty(), values)
                : new ConfigurationFile(name.substring(0, cut), Optional.of(name.substring(cut + 1)), values);
    }

    private static Properties load(StatePath path, Content content) throws DeploymentException {
        Properties properties = new Properties();
        try {
            if (content.size() > MAX_BYTES) {
                throw new DeploymentException(
                        Reason.INVALID,
                        path + " has " + content.size() + " bytes; at most " + MAX_BYTES + " are read.",
                        null);
            }
            try (Reader reader = new InputStreamReader(content.open(), StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
        } catch (IllegalArgumentException e) {
            throw new DeploymentException(
                    Reason.INVALID,
                    path + " is not a properties file: " + e.getMessage() + "; write a backslash as two.",
                    e);
        } catch (IOException e) {
            throw new DeploymentException(Reason.IO, path + " cannot be read: " + e.getMessage() + ".", e);
        }
        return properties;
    }

    private static String substitute(String value, Function<String, @Nullable String> variables) {
        return VARIABLE.matcher(value).replaceAll(variable -> {
            String known = variables.apply(variable.group(1));
            return Matcher.quoteReplacement(known == null ? variable.group() : known);
        });
    }
}
