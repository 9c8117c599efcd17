package io.serai.secrets.internal.source;

import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/**
 * Refuses objects with secrets where artifacts belong: nobody would seal them there, and the history would have them in clear for
 * good, although no node can do anything with such a file.
 */
@Component(service = ContentValidator.class)
public final class MisplacedSecrets implements ContentValidator {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern FILE = Pattern.compile("deploy/.+\\.(ya?ml|json)");
    private static final Pattern OBJECT =
            Pattern.compile("(?m)^[\\s{,-]*[\"']?kind[\"']?\\s*:\\s*[\"']?(secret|user|certificate)\\b");

    @Override
    public boolean handles(StatePath path) {
        return FILE.matcher(path.value()).matches();
    }

    @Override
    public void validate(StatePath path, Content content) throws StateException {
        try (InputStream in = content.open()) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            if (OBJECT.matcher(text).find()) {
                String problem =
                        path + " is an object that may have a secret in clear, and no artifact; remove it here, and put"
                                + " it with: serai apply -f " + path.fileName();
                throw new StateException(Reason.INVALID, problem, Map.of(path, problem), null);
            }
        } catch (IOException e) {
            throw new StateException(Reason.IO, "Cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
