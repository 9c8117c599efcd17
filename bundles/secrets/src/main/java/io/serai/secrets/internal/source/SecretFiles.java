package io.serai.secrets.internal.source;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.secret.SecretException;
import io.serai.api.state.StatePath;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gives this node the secrets of the state, {@code objects/secret/<name>.yaml}; the verdict says whether it can read them. */
@Component(service = ArtifactHandler.class)
public final class SecretFiles implements ArtifactHandler {
    private static final String FOLDER = "objects/" + SecretSpec.KIND;
    private static final String SUFFIX = ".yaml";

    private final NodeSecrets secrets;
    private final ObjectCodec codec;

    /** Gives them to this. */
    @Activate
    public SecretFiles(@Reference NodeSecrets secrets, @Reference ObjectCodec codec) {
        this.secrets = secrets;
        this.codec = codec;
    }

    @Override
    public String description() {
        return "secrets (" + FOLDER + "/*" + SUFFIX + ")";
    }

    @Override
    public boolean handles(StatePath path) {
        return path.isBelow(FOLDER)
                && path.segments().size() == 3
                && path.value().endsWith(SUFFIX);
    }

    @Override
    public String apply(Artifact artifact) throws DeploymentException {
        String name = name(artifact.path());
        try {
            SecretSpec spec = SecretSpec.of(codec.spec(artifact.path(), artifact.content()));
            secrets.put(name, spec);
            return spec.from()
                    .map(from -> "the value of " + from.description())
                    .orElseGet(() -> "a value sealed with key "
                            + spec.sealed().orElseThrow().key());
        } catch (IllegalArgumentException e) {
            throw new DeploymentException(Reason.INVALID, artifact.path() + " " + e.getMessage(), e);
        } catch (ObjectException e) {
            Reason reason = e.reason() == ObjectException.Reason.IO ? Reason.IO : Reason.INVALID;
            throw new DeploymentException(reason, String.valueOf(e.getMessage()), e);
        } catch (SecretException e) {
            // what cannot be read is tried again after a while, what has no value waits for one
            Reason reason = e.reason() == SecretException.Reason.ABSENT ? Reason.UNSATISFIED : Reason.IO;
            throw new DeploymentException(reason, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void remove(StatePath path) {
        secrets.remove(name(path));
    }

    private static String name(StatePath path) {
        String file = path.fileName();
        return file.substring(0, file.length() - SUFFIX.length());
    }
}
