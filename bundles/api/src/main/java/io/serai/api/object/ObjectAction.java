package io.serai.api.object;

import io.serai.api.security.Subject;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that can be done with an object, or with a kind as a whole, beside reading, putting and removing it: calling a
 * service, making a token. Register it as an OSGi service; every face has it then. Its name is the verb that a role permits.
 * Thread-safe.
 */
@ConsumerType
public interface ObjectAction {

    /** Returns the kind of object it is done with. */
    String kind();

    /** Returns its name: a verb of lower-case letters and hyphens, such as {@code invoke}. */
    String name();

    /** Returns whether it is done with one object, which need not be there any more; otherwise with the kind. */
    boolean ofObject();

    /**
     * Returns the JSON Schema of its parameters: an object with {@code description}, as {@link ObjectKind#schema}. The audit log
     * tells which parameters were given, and the values of those that have {@code "x-audit": true}.
     */
    String schema();

    /**
     * Returns whether somebody may do it although no role says so: with what is one's own.
     *
     * @param object the name of the object; empty if it is done with the kind
     */
    default boolean isOwn(Subject subject, String object) {
        return false;
    }

    /**
     * Does it; may take its time.
     *
     * @return what is to be told, as values that {@link ObjectKind} has
     * @throws ObjectException if it cannot be done
     */
    Map<String, Object> run(Call call) throws ObjectException;

    /**
     * A wish to do it, by somebody who may.
     *
     * @param subject who
     * @param object with which; empty if it is done with the kind
     * @param parameters fit the schema
     */
    record Call(Subject subject, Optional<ObjectKey> object, Map<String, Object> parameters) {
        /** Checks that all is there. */
        public Call {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(parameters, "parameters");
        }

        /** Returns a parameter that is a text. */
        public Optional<String> text(String name) {
            return parameters.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
        }

        /** Returns whether a parameter is there and true. */
        public boolean flag(String name) {
            return Boolean.TRUE.equals(parameters.get(name));
        }
    }
}
