package io.serai.deployer.internal.build;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Constants;

/**
 * Puts a Blueprint file into a bundle of its own. It imports the packages of the classes that the file names, and any
 * other when it is needed, as Karaf's own deployer has it.
 */
public final class BlueprintBundleBuilder implements BundleBuilder {
    /** The earliest whole day a zip can tell, so that the same file gives the same bytes. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final int MAX_BYTES = 16 << 20;

    @Override
    public boolean handles(StatePath path) {
        return path.value().endsWith(".xml") && !path.value().endsWith(".camel.xml");
    }

    @Override
    public String description() {
        return "Blueprint files (.xml)";
    }

    @Override
    public void check(StatePath path, Content content) throws DeploymentException {
        packagesOf(path, content);
    }

    @Override
    public BuiltBundle build(Artifact artifact) throws DeploymentException {
        Set<String> packages = packagesOf(artifact.path(), artifact.content());
        try {
            byte[] jar = jar(artifact.path().fileName(), packages, artifact.content());
            return new BuiltBundle(Content.of(jar), List.of());
        } catch (IOException e) {
            throw new DeploymentException(Reason.IO, "Cannot read " + artifact.path() + ": " + e.getMessage(), e);
        }
    }

    private static Set<String> packagesOf(StatePath path, Content content) throws DeploymentException {
        try {
            if (content.size() > MAX_BYTES) {
                String message = path.fileName() + " has " + content.size() + " bytes; a Blueprint file has at most "
                        + MAX_BYTES;
                throw new DeploymentException(Reason.INVALID, message, null);
            }
        } catch (IOException e) {
            throw new DeploymentException(Reason.IO, "Cannot read " + path + ": " + e.getMessage(), e);
        }
        return BlueprintTypes.packages(path, content);
    }

    private static byte[] jar(String fileName, Set<String> packages, Content content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest(fileName, packages).write(zip);
            zip.closeEntry();
            zip.putNextEntry(entry("OSGI-INF/blueprint/" + fileName));
            zip.write(content.bytes());
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        return entry;
    }

    private static Manifest manifest(String fileName, Set<String> packages) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        String name = fileName.substring(0, fileName.lastIndexOf('.'));
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "serai.blueprint." + name.replaceAll("[^A-Za-z0-9_-]", "_"));
        headers.putValue(Constants.BUNDLE_NAME, fileName);
        headers.putValue(Constants.BUNDLE_VERSION, "1.0.0");
        headers.putValue(Constants.DYNAMICIMPORT_PACKAGE, "*");
        // Without the extender nothing would happen; so it waits, and says for what.
        headers.putValue(Constants.REQUIRE_CAPABILITY, "osgi.extender;filter:=\"(osgi.extender=osgi.blueprint)\"");
        if (!packages.isEmpty()) {
            headers.putValue(Constants.IMPORT_PACKAGE, String.join(",", packages));
        }
        return manifest;
    }
}
