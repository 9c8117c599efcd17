package io.serai.api.object;

import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Objects as text: YAML 1.2 as far as it is JSON with other signs, without tags and aliases. Thread-safe. */
@ProviderType
public interface ObjectCodec {

    /** How many bytes of text are read at most. */
    long MAX_BYTES = 64L * 1024 * 1024;

    /**
     * Reads documents: a stream of YAML documents, each an object or a list of objects, or {@code items} with such a list.
     *
     * @param source what it is called in messages, such as the name of a file
     * @return the objects as given; only kind, name and layer are checked
     * @throws ObjectException {@code INVALID} naming source, line and column
     */
    List<ObjectDocument> read(String source, Content text) throws ObjectException;

    /** Writes objects as a stream of YAML documents, with the keys in one order; ends with a line break. */
    byte[] yaml(Collection<ObjectDocument> objects);

    /**
     * Reads the spec of an object that is a file of the state.
     *
     * @param path {@code objects/<kind>/<name>.yaml}, with or without its layer
     * @throws ObjectException {@code INVALID} naming file, line and column: it is no YAML, or is not what path and schema say;
     *     {@code IO}
     */
    Map<String, Object> spec(StatePath path, Content content) throws ObjectException;
}
