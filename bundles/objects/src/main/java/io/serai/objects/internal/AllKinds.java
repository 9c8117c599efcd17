package io.serai.objects.internal;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObservedKind;
import io.serai.api.text.NearNames;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kinds whose objects are in the state, and those that are observed. */
@Component(service = AllKinds.class)
public final class AllKinds {
    private final Kinds kept;
    private final ObservedKinds observed;

    /** Puts both together. */
    @Activate
    public AllKinds(@Reference Kinds kept, @Reference ObservedKinds observed) {
        this.kept = kept;
        this.observed = observed;
    }

    /** Returns those whose objects are in the state. */
    Kinds kept() {
        return kept;
    }

    /** Returns all of them, by name. */
    List<ObjectKind> all() {
        return Stream.concat(kept.all().stream().map(Kinds.Registered::kind), observed.all().stream())
                .sorted(Comparator.comparing(ObjectKind::name))
                .toList();
    }

    /**
     * Returns the kind of a name.
     *
     * @throws ObjectException {@code NOT_FOUND} naming the nearest
     */
    ObjectKind get(String name) throws ObjectException {
        Optional<ObservedKind> seen = observed.find(name);
        return seen.isPresent()
                ? seen.get()
                : kept.find(name).map(Kinds.Registered::kind).orElseThrow(() -> absent(name));
    }

    /**
     * Returns a kind whose objects can be put and removed.
     *
     * @throws ObjectException {@code NOT_FOUND}, or {@code UNSUPPORTED} if they are observed
     */
    Kinds.Registered changeable(String name) throws ObjectException {
        if (observed.find(name).isPresent()) {
            throw new ObjectException(
                    Reason.UNSUPPORTED,
                    "A " + name + " cannot be put or removed: nodes observe it, nobody makes it",
                    null);
        }
        return kept.find(name).orElseThrow(() -> absent(name));
    }

    private ObjectException absent(String name) {
        List<String> names = all().stream().map(ObjectKind::name).toList();
        String advice = NearNames.nearest(name, names)
                .map(near -> "did you mean " + near + "?")
                .orElse("the kinds are " + String.join(", ", names));
        return new ObjectException(Reason.NOT_FOUND, "There is no kind '" + name + "'; " + advice, null);
    }
}
