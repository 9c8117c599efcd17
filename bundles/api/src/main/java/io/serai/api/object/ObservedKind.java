package io.serai.api.object;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** A kind whose objects nobody puts: what a bundle sees, such as services; register it as an OSGi service of this interface. */
@ConsumerType
public interface ObservedKind extends ObjectKind {

    /** Returns what there is to see, by name. May ask other nodes, which takes at most some seconds. */
    Observation observe();

    /** Returns one of them. */
    default Optional<Observed> find(String name) {
        return observe().objects().stream()
                .filter(object -> object.name().equals(name))
                .findFirst();
    }

    /**
     * What there was to see at one moment.
     *
     * @param objects by name
     * @param unreachable the names of nodes that could not be asked, sorted
     */
    record Observation(List<Observed> objects, List<String> unreachable) {
        /** Copies the lists. */
        public Observation {
            objects = List.copyOf(objects);
            unreachable = List.copyOf(unreachable);
        }
    }

    /**
     * An object that was seen.
     *
     * @param name its name
     * @param spec what it is
     * @param status how it fares
     */
    record Observed(String name, Map<String, Object> spec, Map<String, Object> status) {}
}
