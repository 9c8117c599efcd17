package io.serai.deployer.internal.build;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** Passes bundles on as they are, and wraps plain jars. */
public final class JarBundleBuilder implements BundleBuilder {
    /** The largest manifests are those of signed jars: a digest of some 100 bytes an entry. */
    private static final int MAX_MANIFEST_BYTES = 16 << 20;

    private static final long MAX_BYTES = 1L << 30;

    @Override
    public boolean handles(StatePath path) {
        return path.value().endsWith(".jar");
    }

    @Override
    public String description() {
        return "OSGi bundles and plain jars (.jar)";
    }

    @Override
    public void check(StatePath path, Content content) throws DeploymentException {
        Archive archive = open(path, content);
        try (ArchiveReader reader = new ArchiveReader(archive)) {
            reader.checkAll();
            Attributes headers = headers(archive, reader);
            if (BundleManifest.isBundle(headers)) {
                BundleManifest.check(headers);
            }
        } catch (ArchiveException e) {
            throw refused(path, e);
        }
    }

    /** Looks only whether it is a bundle: the content is the one that was checked. */
    @Override
    public BuiltBundle build(Artifact artifact) throws DeploymentException {
        try {
            Content content = ContentBuffer.held(artifact.content());
            Archive archive = open(artifact.path(), content);
            try (ArchiveReader reader = new ArchiveReader(archive)) {
                Attributes headers = headers(archive, reader);
                return BundleManifest.isBundle(headers)
                        ? new BuiltBundle(content, List.of())
                        : PlainJarWrapper.wrap(artifact.path().fileName(), archive, headers);
            }
        } catch (ArchiveException e) {
            throw refused(artifact.path(), e);
        } catch (IOException e) {
            throw unreadable(artifact.path(), e);
        }
    }

    private static Archive open(StatePath path, Content content) throws DeploymentException {
        try {
            if (content.size() > MAX_BYTES) {
                throw new ArchiveException("it has " + content.size() + " bytes; a jar has at most " + MAX_BYTES);
            }
            return Archive.of(ContentBuffer.of(content));
        } catch (ArchiveException e) {
            throw refused(path, e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static DeploymentException unreadable(StatePath path, IOException e) {
        return new DeploymentException(Reason.IO, "Cannot read " + path + ": " + e.getMessage(), e);
    }

    /** Returns the headers of the manifest; none if there is no manifest. */
    private static Attributes headers(Archive archive, ArchiveReader reader) throws ArchiveException {
        Optional<ArchiveEntry> manifest = archive.entries().stream()
                .filter(entry -> entry.name().equals(JarFile.MANIFEST_NAME))
                .findFirst();
        if (manifest.isEmpty()) {
            return new Attributes();
        }
        return BundleManifest.headers(reader.bytes(manifest.get(), MAX_MANIFEST_BYTES));
    }

    private static DeploymentException refused(StatePath path, ArchiveException e) {
        return new DeploymentException(Reason.INVALID, path.fileName() + " is refused: " + e.getMessage(), e);
    }
}
