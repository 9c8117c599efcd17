package io.serai.cluster.internal.kind;

import io.serai.api.cluster.Membership;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes a token that lets one node in. */
@Component(service = ObjectAction.class)
public final class CreateTokenAction implements ObjectAction {
    private static final String USUAL = "PT10M";

    private final Membership membership;

    /** Works on the members. */
    @Activate
    public CreateTokenAction(@Reference Membership membership) {
        this.membership = membership;
    }

    @Override
    public String kind() {
        return NodeKind.NAME;
    }

    @Override
    public String name() {
        return "create-token";
    }

    @Override
    public boolean ofObject() {
        return false;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Makes a token that lets one node in, once; it is shown this time only",
                 "additionalProperties": false,
                 "properties": {"validity": {"type": "string", "pattern": "^P", "description":
                   "For how long, as ISO 8601 has it; PT10M by default"}}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        Author author = new Author(call.subject().name(), call.subject().face());
        try {
            Duration validity = Duration.parse(call.text("validity").orElse(USUAL));
            return Map.of("token", membership.createToken(validity, author), "validity", validity.toString());
        } catch (DateTimeParseException e) {
            throw new ObjectException(
                    ObjectException.Reason.INVALID, "validity is no duration; write it as PT10M or PT24H", e);
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
    }
}
