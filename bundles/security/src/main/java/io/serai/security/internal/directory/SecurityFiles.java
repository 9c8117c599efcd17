package io.serai.security.internal.directory;

import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Refuses users, roles and keys that would not count, and passwords in clear, whatever they come through. */
@Component(service = ContentValidator.class)
public final class SecurityFiles implements ContentValidator {
    private static final Map<String, ObjectFolder.Reader<?>> READERS =
            Map.of(UserSpec.KIND, UserSpec::of, RoleSpec.KIND, RoleSpec::of, ApiKeySpec.KIND, ApiKeySpec::of);

    @Override
    public boolean handles(StatePath path) {
        return path.value().endsWith(".yaml")
                && READERS.keySet().stream().anyMatch(kind -> path.isBelow("objects/" + kind));
    }

    @Override
    public void validate(StatePath path, Content content) throws StateException {
        String kind = path.segments().get(1);
        String name = ObjectFolder.name(path);
        ObjectFolder.Reader<?> reader = READERS.get(kind);
        if (reader == null) {
            return;
        }
        try {
            if (content.size() > ObjectYaml.MAX_BYTES) {
                throw new IllegalArgumentException(
                        "it has " + content.size() + " bytes; at most " + ObjectYaml.MAX_BYTES + " are allowed");
            }
            reader.read(name, ObjectYaml.spec(kind, name, content.bytes()));
        } catch (IllegalArgumentException e) {
            String problem = path + " is refused: " + e.getMessage();
            throw new StateException(Reason.INVALID, problem, Map.of(path, problem), e);
        } catch (IOException e) {
            throw new StateException(Reason.IO, "Cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
