package io.serai.deployer.internal.resolved;

import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Refuses contents below {@code resolved/} that are not what their name says, and lists of another shape. */
@Component(service = ContentValidator.class)
public final class ResolvedChecks implements ContentValidator {

    @Override
    public boolean handles(StatePath path) {
        return path.isBelow(ResolvedPaths.FOLDER);
    }

    @Override
    public void validate(StatePath path, Content content) throws StateException {
        try (InputStream in = content.open()) {
            if (ResolvedPaths.isContent(path)) {
                checkContent(path, Fingerprint.of(in));
            } else {
                ResolvedList unused = ResolvedList.read(in);
            }
        } catch (IOException e) {
            throw refused(path, String.valueOf(e.getMessage()), e);
        }
    }

    private static void checkContent(StatePath path, Fingerprint found) throws StateException {
        if (!found.sha256().equals(path.fileName())) {
            throw refused(path, "its bytes have the " + found + "; name it by that", null);
        }
    }

    private static StateException refused(StatePath path, String why, @Nullable IOException cause) {
        String message = path + " is refused: " + why + ".";
        return new StateException(Reason.INVALID, message, Map.of(path, message), cause);
    }
}
