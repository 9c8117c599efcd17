package @PACKAGE@;

import io.serai.api.service.Context;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceInfo;
import java.util.Optional;

/** Answers GET @PATH@ */
@ServiceInfo(name = "@NAME@", rest = "GET @PATH@")
public class @CLASS@ implements Service<@CLASS@.Query, @CLASS@.Answer> {

    /** What comes in, from the path, the query or the body: ?name=Ann */
    public record Query(Optional<String> name) {}

    /** What goes out, as JSON: {"text":"Hello, Ann!"} */
    public record Answer(String text) {}

    @Override
    public Answer handle(Query query, Context context) {
        return new Answer("Hello, " + query.name().orElse("world") + "!");
    }
}
