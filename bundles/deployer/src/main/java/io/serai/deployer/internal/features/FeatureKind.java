package io.serai.deployer.internal.features;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.SchemaFile;
import io.serai.api.state.Content;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The kind {@code feature}: the file {@code features.yaml}, as one object, so that two people who change it are told. */
@Component(service = ObjectKind.class)
public final class FeatureKind implements FileKind {
    private static final String NAME = "feature";
    private static final String OBJECT = "features";
    private static final String FILE = "features.yaml";
    private static final String REPOSITORIES = "repositories";
    private static final String FEATURES = "features";

    private final String schema = SchemaFile.read(FeatureKind.class, NAME);

    /** Reads its schema. */
    @Activate
    public FeatureKind() {}

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
        return "";
    }

    @Override
    public Optional<String> objectName(String fileName) {
        return fileName.equals(FILE) ? Optional.of(OBJECT) : Optional.empty();
    }

    @Override
    public String fileName(String objectName) throws ObjectException {
        if (!objectName.equals(OBJECT)) {
            throw new ObjectException(
                    Reason.INVALID, "There is one " + NAME + " only, with all features in it: call it " + OBJECT, null);
        }
        return FILE;
    }

    @Override
    public Map<String, Object> read(ObjectKey key, Content content, boolean full) throws ObjectException {
        FeatureList list;
        try {
            list = FeatureList.read(content);
        } catch (DeploymentException e) {
            Reason reason = e.reason() == DeploymentException.Reason.IO ? Reason.IO : Reason.INVALID;
            throw new ObjectException(reason, String.valueOf(e.getMessage()), e);
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put(REPOSITORIES, list.repositories());
        spec.put(FEATURES, list.features());
        return spec;
    }

    @Override
    public Content write(ObjectKey key, Map<String, Object> spec, Optional<Content> before) throws ObjectException {
        FeatureList list = new FeatureList(texts(spec, REPOSITORIES), texts(spec, FEATURES));
        boolean same =
                before.isPresent() && read(key, before.get(), true).equals(read(key, Content.of(list.toYaml()), true));
        return same ? before.get() : Content.of(list.toYaml());
    }

    private static List<String> texts(Map<String, Object> spec, String key) {
        return spec.get(key) instanceof Collection<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }
}
