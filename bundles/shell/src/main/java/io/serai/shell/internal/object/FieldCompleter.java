package io.serai.shell.internal.object;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObjectService;
import io.serai.shell.internal.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** Completes the fields of a spec, behind kind and name. */
@Service
public class FieldCompleter implements Completer {
    @Reference
    ObjectService objects;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        Optional<String> kind = Completions.argument(line, 0);
        List<String> fields = objects.kinds().stream()
                .filter(each -> kind.filter(each.name()::equals).isPresent())
                .map(ObjectKind::schema)
                .flatMap(schema -> fields(schema).stream())
                .toList();
        return Completions.offer(fields, session, line, candidates);
    }

    /** Returns how the fields of a schema are begun to be typed. */
    static List<String> fields(String schema) {
        try {
            List<String> fields = new ArrayList<>();
            JsonOutput.MAPPER
                    .readTree(schema)
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(name -> fields.add(name + "="));
            return fields;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A kind has a schema that is no JSON", e);
        }
    }
}
