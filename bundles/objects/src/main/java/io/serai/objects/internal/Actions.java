package io.serai.objects.internal;

import io.serai.api.object.ActionService;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectAction.Call;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.security.Subject;
import io.serai.api.state.StateRepository;
import io.serai.api.text.NearNames;
import io.serai.objects.internal.history.GenericActions;
import io.serai.objects.internal.schema.KindSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The actions that bundles have registered, for who may do them. */
@Component(service = ActionService.class)
public final class Actions implements ActionService {
    private final Map<String, Registered> actions = new ConcurrentSkipListMap<>();
    // By text: a generic action has the same schema for every kind, so there are as many as there are such actions.
    private final Map<String, KindSchema> genericSchemas = new ConcurrentHashMap<>();
    private final AllKinds kinds;
    private final StateRepository state;
    private final Guard guard;

    private record Registered(ObjectAction action, KindSchema schema) {}

    /** Knows of none at first. */
    @Activate
    public Actions(@Reference AllKinds kinds, @Reference StateRepository state, @Reference Guard guard) {
        this.kinds = kinds;
        this.state = state;
        this.guard = guard;
    }

    /** Takes in an action. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void add(ObjectAction action) {
        actions.put(id(action.kind(), action.name()), new Registered(action, new KindSchema(action.schema())));
    }

    void remove(ObjectAction action) {
        actions.computeIfPresent(
                id(action.kind(), action.name()), (id, known) -> known.action() == action ? null : known);
    }

    @Override
    public List<ObjectAction> actions() {
        Stream<ObjectAction> generic =
                kinds.all().stream().flatMap(kind -> GenericActions.of(kind, state, guard.access()).stream());
        return Stream.concat(actions.values().stream().map(Registered::action), generic)
                .sorted(Comparator.comparing(ObjectAction::kind).thenComparing(ObjectAction::name))
                .toList();
    }

    @Override
    public Map<String, Object> act(
            Subject subject, String kind, Optional<String> object, String name, Map<String, Object> parameters)
            throws ObjectException {
        Registered action = find(kind, name, object.isPresent());
        Optional<ObjectKey> key = key(kind, object);
        if (!action.action().isOwn(subject, object.orElse(""))) {
            guard.require(subject, name, kind, object.orElse(""));
        }
        String whole = key.map(ObjectKey::toString).orElse(kind);
        try {
            Map<String, Object> result = run(action, new Call(subject, key, parameters));
            guard.done(subject, name, whole, action.schema().audited(parameters));
            return result;
        } catch (ObjectException e) {
            guard.failed(subject, name, whole, e);
            throw e;
        } catch (RuntimeException e) {
            guard.failed(subject, name, whole, e);
            throw e;
        }
    }

    private static Map<String, Object> run(Registered action, Call call) throws ObjectException {
        List<Problem> problems = action.schema().check(call.parameters()).stream()
                .map(finding -> new Problem("", finding.pointer(), finding.message()))
                .toList();
        if (!problems.isEmpty()) {
            String all = problems.stream()
                    .map(problem -> problem.pointer().replaceFirst("^/", "") + " " + problem.message())
                    .collect(Collectors.joining("; "));
            throw new ObjectException(
                    Reason.INVALID,
                    "The parameters of " + action.action().name() + " are wrong: " + all,
                    problems,
                    null);
        }
        return action.action().run(call);
    }

    private static Optional<ObjectKey> key(String kind, Optional<String> object) throws ObjectException {
        try {
            return object.map(name -> ObjectKey.of(kind, name));
        } catch (IllegalArgumentException e) {
            throw new ObjectException(Reason.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private Registered find(String kind, String name, boolean ofObject) throws ObjectException {
        ObjectKind owner = kinds.get(kind);
        Registered registered = actions.get(id(kind, name));
        if (registered != null && registered.action().ofObject() == ofObject) {
            return registered;
        }
        Optional<ObjectAction> generic = GenericActions.of(owner, state, guard.access()).stream()
                .filter(action -> action.name().equals(name) && action.ofObject() == ofObject)
                .findFirst();
        if (generic.isPresent()) {
            return new Registered(
                    generic.get(), genericSchemas.computeIfAbsent(generic.get().schema(), KindSchema::new));
        }
        List<String> known = actions().stream()
                .filter(action -> action.kind().equals(kind) && action.ofObject() == ofObject)
                .map(ObjectAction::name)
                .toList();
        String advice = NearNames.nearest(name, known)
                .map(near -> "did you mean " + near + "?")
                .orElse(known.isEmpty() ? "there is none" : "there are " + String.join(", ", known));
        String whole = ofObject ? "one " + kind : "the kind " + kind + " as a whole";
        throw new ObjectException(
                Reason.NOT_FOUND, "There is no action '" + name + "' of " + whole + "; " + advice, null);
    }

    private static String id(String kind, String action) {
        return kind + "/" + action;
    }
}
