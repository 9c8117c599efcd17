package io.serai.identity.internal.members;

import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Refuses files of members, tokens and the authority that cannot be read. Nobody deploys them: they count as they stand. */
@Component(service = ContentValidator.class)
public final class ClusterFiles implements ContentValidator {
    private static final int MAX_BYTES = 16 * 1024;

    @Override
    public boolean handles(StatePath path) {
        return path.value().endsWith(".yaml")
                && path.segments().size() == 3
                && (isMember(path) || isAuthority(path) || path.isBelow("objects/" + TokenFile.KIND));
    }

    @Override
    public void validate(StatePath path, Content content) throws StateException {
        try {
            if (content.size() > MAX_BYTES) {
                throw new IllegalArgumentException(
                        path + " has " + content.size() + " bytes; at most " + MAX_BYTES + " are allowed");
            }
            String name = StateObjects.name(path);
            String text = new String(content.bytes(), StandardCharsets.UTF_8);
            if (isMember(path)) {
                MemberFile.read(name, text);
                MemberFile.certificates(name, text);
            } else if (path.equals(AuthorityFile.PATH)) {
                X509Certificate unused = AuthorityFile.read(text);
            } else if (isAuthority(path)) {
                throw new IllegalArgumentException(
                        path + " is not read; there is one authority, " + AuthorityFile.PATH);
            } else {
                TokenFile.read(name, text);
            }
        } catch (IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage());
            throw new StateException(StateException.Reason.INVALID, problem, Map.of(path, problem), e);
        } catch (IOException e) {
            throw new StateException(StateException.Reason.IO, "Cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static boolean isAuthority(StatePath path) {
        return path.isBelow("objects/" + AuthorityFile.KIND);
    }

    private static boolean isMember(StatePath path) {
        return path.isBelow("objects/" + MemberFile.KIND);
    }
}
