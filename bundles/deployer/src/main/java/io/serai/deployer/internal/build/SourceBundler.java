package io.serai.deployer.internal.build;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;

/** Makes a bundle of a compiled source: bnd finds its imports, its capabilities and its components. */
final class SourceBundler {
    private static final String SYMBOLIC_NAME_PREFIX = "serai.java.";

    private SourceBundler() {}

    /** Returns the jar of the bundle: the same bytes for the same source and the same packages. */
    static BuiltBundle bundle(String fileName, CompiledSource compiled) throws DeploymentException {
        String simpleName = fileName.substring(0, fileName.lastIndexOf('.'));
        try (Builder builder = new Builder();
                Jar jar = jarOf(simpleName, compiled.classes());
                Jar exporters = exporters(compiled)) {
            builder.setJar(jar);
            builder.addClasspath(exporters);
            builder.setProperties(instructions(symbolicName(simpleName, compiled.packageName())));
            builder.build();
            if (!builder.isOk()) {
                throw refused(fileName, builder.getErrors());
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            jar.write(out);
            return new BuiltBundle(Content.of(out.toByteArray()), builder.getWarnings());
        } catch (DeploymentException e) {
            throw e;
        } catch (Exception e) { // What bnd declares.
            throw new DeploymentException(Reason.INVALID, fileName + " cannot be made a bundle: " + e.getMessage(), e);
        }
    }

    private static DeploymentException refused(String fileName, List<String> errors) {
        String message = fileName + " cannot be made a bundle: "
                + errors.get(0).lines().findFirst().orElse("");
        return new DeploymentException(Reason.INVALID, message, String.join("\n", errors), null);
    }

    private static String symbolicName(String simpleName, String packageName) {
        String qualified = packageName.isEmpty() ? simpleName : packageName + '.' + simpleName;
        return SYMBOLIC_NAME_PREFIX + qualified.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    private static Properties instructions(String symbolicName) {
        Properties instructions = new Properties();
        instructions.setProperty(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        instructions.setProperty(Constants.BUNDLE_VERSION, "1.0.0");
        instructions.setProperty("-reproducible", "true");
        instructions.setProperty("-noextraheaders", "true");
        instructions.setProperty("-removeheaders", "Private-Package");
        // It is compiled by the JVM that runs it; requirements that always hold only cost resolving.
        instructions.setProperty("-noee", "true");
        instructions.setProperty("-noimportjava", "true");
        // A class in the default package is imported by nobody, so this is no harm.
        instructions.setProperty("-fixupmessages", "The default package*;is:=ignore");
        return instructions;
    }

    private static Jar jarOf(String name, Map<String, Content> files) throws IOException {
        Jar jar = new Jar(name);
        jar.setReproducible("true");
        for (Map.Entry<String, Content> file : files.entrySet()) {
            jar.putResource(file.getKey(), new EmbeddedResource(file.getValue().bytes(), 0));
        }
        return jar;
    }

    /** Returns what bnd is to know of the exporters: versions of packages, and types, whichever it asks for. */
    private static Jar exporters(CompiledSource compiled) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "exporters");
        headers.putValue(
                Constants.EXPORT_PACKAGE,
                compiled.packages().entrySet().stream()
                        .map(exported -> exported.getKey() + ";version=\""
                                + exported.getValue().version() + '"')
                        .collect(Collectors.joining(",")));
        Jar jar = new ExportersJar(compiled.classFiles());
        jar.setManifest(manifest);
        return jar;
    }

    /** Stands for all bundles: a jar with all their classes would have to be filled for each source. */
    private static final class ExportersJar extends Jar {
        private final Function<String, Optional<Content>> classFiles;

        ExportersJar(Function<String, Optional<Content>> classFiles) {
            super("exporters");
            this.classFiles = classFiles;
        }

        @Override
        public @Nullable Resource getResource(String path) {
            return classFiles.apply(path).map(ExportersJar::resource).orElse(super.getResource(path));
        }

        private static Resource resource(Content content) {
            try {
                return new EmbeddedResource(content.bytes(), 0);
            } catch (IOException e) {
                throw new UncheckedIOException("Content in memory can always be read", e);
            }
        }
    }
}
