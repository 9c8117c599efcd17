package io.serai.deployer.internal.build;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import aQute.bnd.version.Version;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.service.ServiceInfo;
import io.serai.api.state.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Constants;

/**
 * Makes a bundle of a jar that is none: it exports all its packages, and imports what it refers to if it is there when
 * it is resolved. bnd finds the services it declares.
 */
final class PlainJarWrapper {
    /** {@code commons-lang3-3.12.0.jar}: a name, then what starts with a digit. */
    private static final Pattern NAME_AND_VERSION = Pattern.compile("(.+?)[-_](\\d+(?:[.-].*)?)\\.jar");

    /** Its entries change, so it would be no longer what was signed. */
    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

    private static final int MAX_ENTRY_BYTES = 256 << 20;

    private PlainJarWrapper() {}

    /** Returns the bundle: the same bytes for the same jar. */
    static BuiltBundle wrap(String fileName, Archive archive, Attributes headers)
            throws ArchiveException, DeploymentException {
        Identity identity = Identity.of(fileName, headers);
        try (Builder builder = new Builder();
                Jar jar = copy(archive);
                Jar api = api()) {
            builder.setJar(jar);
            builder.addClasspath(api);
            builder.setProperties(instructions(identity));
            builder.build();
            keepHeaders(headers, jar.getManifest().getMainAttributes());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            jar.write(out);
            return new BuiltBundle(Content.of(out.toByteArray()), warnings(fileName, identity, builder));
        } catch (ArchiveException e) {
            throw e;
        } catch (Exception e) { // What bnd declares.
            String message = fileName + " is a plain jar and cannot be wrapped: " + e.getMessage();
            throw new DeploymentException(Reason.INVALID, message, e);
        }
    }

    private record Identity(String name, String version) {
        static Identity of(String fileName, Attributes headers) {
            Matcher matcher = NAME_AND_VERSION.matcher(fileName);
            if (matcher.matches()) {
                return new Identity(clean(matcher.group(1)), Analyzer.cleanupVersion(matcher.group(2)));
            }
            String version = Stream.of(Attributes.Name.IMPLEMENTATION_VERSION, Attributes.Name.SPECIFICATION_VERSION)
                    .map(headers::getValue)
                    .filter(Objects::nonNull)
                    .map(Analyzer::cleanupVersion)
                    .filter(Version::isVersion)
                    .findFirst()
                    .orElse("0.0.0");
            return new Identity(clean(fileName.substring(0, fileName.lastIndexOf('.'))), version);
        }

        private static String clean(String name) {
            return name.replaceAll("[^A-Za-z0-9_.-]", "_");
        }
    }

    private static Jar copy(Archive archive) throws ArchiveException {
        Jar jar = new Jar("wrapped");
        jar.setReproducible("true");
        try (ArchiveReader reader = new ArchiveReader(archive)) {
            for (ArchiveEntry entry : archive.entries()) {
                boolean skipped = entry.name().endsWith("/")
                        || entry.name().equals(JarFile.MANIFEST_NAME)
                        || SIGNATURE.matcher(entry.name()).matches();
                if (!skipped) {
                    jar.putResource(entry.name(), new EmbeddedResource(reader.bytes(entry, MAX_ENTRY_BYTES), 0));
                }
            }
        }
        return jar;
    }

    /** bnd makes capabilities of annotations by what is written on them, so it needs the annotation's class. */
    private static Jar api() throws IOException {
        String resource = ServiceInfo.class.getName().replace('.', '/') + ".class";
        try (InputStream in = ServiceInfo.class.getClassLoader().getResourceAsStream(resource)) {
            Jar jar = new Jar("api");
            jar.putResource(
                    resource,
                    new EmbeddedResource(Objects.requireNonNull(in, resource).readAllBytes(), 0));
            return jar;
        }
    }

    private static Properties instructions(Identity identity) {
        Properties instructions = new Properties();
        instructions.setProperty(Constants.BUNDLE_SYMBOLICNAME, identity.name());
        instructions.setProperty(Constants.BUNDLE_VERSION, identity.version());
        instructions.setProperty("-exportcontents", "*;-noimport:=true;version=\"" + identity.version() + '"');
        instructions.setProperty(Constants.IMPORT_PACKAGE, "*;resolution:=optional");
        instructions.setProperty("-reproducible", "true");
        instructions.setProperty("-noextraheaders", "true");
        instructions.setProperty("-removeheaders", "Private-Package");
        instructions.setProperty("-noee", "true");
        instructions.setProperty("-noimportjava", "true");
        instructions.setProperty("-failok", "true");
        return instructions;
    }

    private static void keepHeaders(Attributes from, Attributes to) {
        from.forEach(to::putIfAbsent);
        to.remove(Attributes.Name.CLASS_PATH);
    }

    private static List<String> warnings(String fileName, Identity identity, Builder builder) {
        List<String> warnings = new ArrayList<>();
        warnings.add(fileName + " is a plain jar: wrapped as bundle " + identity.name() + ' ' + identity.version()
                + ", exporting every package; build it as a bundle to say what it imports and exports");
        builder.getErrors().stream()
                .limit(3)
                .map(error -> fileName + ": " + error)
                .forEach(warnings::add);
        return warnings;
    }
}
