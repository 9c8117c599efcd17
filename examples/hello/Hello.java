package hello;

import io.serai.api.service.Context;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceInfo;
import java.util.Optional;

/** A whole service. Save a change while it lies in the deploy folder, and the next call has it. */
@ServiceInfo(name = "hello", rest = "GET /hello", description = "Greets whoever asks")
public class Hello implements Service<Hello.Query, Hello.Greeting> {

    /** What comes in: ?name=Ann */
    public record Query(Optional<String> name) {}

    /** What goes out: {"text":"Hello, Ann!"} */
    public record Greeting(String text) {}

    @Override
    public Greeting handle(Query query, Context context) {
        return new Greeting("Hello, " + query.name().orElse("world") + "!");
    }
}
