package io.serai.secrets.internal.key;

import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Refuses files of keys that cannot be read. Nobody deploys them: they count as they stand. */
@Component(service = ContentValidator.class)
public final class KeyFiles implements ContentValidator {
    private final ObjectCodec codec;

    /** Reads them so. */
    @Activate
    public KeyFiles(@Reference ObjectCodec codec) {
        this.codec = codec;
    }

    @Override
    public boolean handles(StatePath path) {
        return KeyFile.isPath(path);
    }

    @Override
    public void validate(StatePath path, Content content) throws StateException {
        try {
            KeyFile unused = KeyFile.read(path, codec.spec(path, content));
        } catch (IllegalArgumentException | ObjectException e) {
            String problem = String.valueOf(e.getMessage());
            throw new StateException(Reason.INVALID, problem, Map.of(path, problem), e);
        }
    }
}
