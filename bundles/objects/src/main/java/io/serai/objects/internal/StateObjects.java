package io.serai.objects.internal;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObjectPage;
import io.serai.api.object.ObjectQuery;
import io.serai.api.object.ObjectResult;
import io.serai.api.object.ObjectService;
import io.serai.api.object.ObjectView;
import io.serai.api.object.ObservedKind;
import io.serai.api.object.QueriedKind;
import io.serai.api.security.AccessControl;
import io.serai.api.security.Subject;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateRepository;
import io.serai.objects.internal.index.ObjectIndex;
import io.serai.objects.internal.index.ObjectIndex.StoredObject;
import io.serai.objects.internal.index.ObjectIndexes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The objects that the state has, and those that bundles observe. */
@Component(service = ObjectService.class)
public final class StateObjects implements ObjectService {
    private final StateRepository state;
    private final AllKinds kinds;
    private final ObjectIndexes indexes;
    private final ObjectCodec codec;
    private final Guard guard;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable DeploymentService deployments;

    /** Stands on a state. */
    @Activate
    public StateObjects(
            @Reference StateRepository state,
            @Reference AllKinds kinds,
            @Reference ObjectIndexes indexes,
            @Reference ObjectCodec codec,
            @Reference Guard guard) {
        this.state = state;
        this.kinds = kinds;
        this.indexes = indexes;
        this.codec = codec;
        this.guard = guard;
    }

    @Override
    public List<ObjectKind> kinds() {
        return kinds.all();
    }

    @Override
    public ObjectPage list(Subject subject, ObjectQuery query) throws ObjectException {
        ObjectKind kind = kinds.get(query.kind());
        guard.require(subject, AccessControl.READ, kind.name(), "");
        recordRead(subject, kind, Guard.named(query.conditions()));
        Snapshot head = state.head();
        if (kind instanceof QueriedKind queried) {
            return page(subject, queried.query(query), queried, head);
        }
        ObjectViews.Views all = views().all(kind, head);
        List<ObjectView> matching = all.objects().stream()
                .filter(view -> guard.permits(
                        subject, AccessControl.READ, kind.name(), view.key().name()))
                .filter(view -> Conditions.met(view, query.conditions()))
                .toList();
        List<ObjectView> rest = query.cursor().isPresent()
                ? after(matching, Cursor.read(kind.name(), query.cursor().get()), kind)
                : matching;
        List<ObjectView> page = rest.subList(0, Math.min(query.limit(), rest.size()));
        Optional<String> next = page.size() < rest.size()
                ? Optional.of(Cursor.write(page.get(page.size() - 1).key()))
                : Optional.empty();
        return new ObjectPage(page, next, matching.size(), head.commit(), all.unreachable());
    }

    private ObjectPage page(Subject subject, QueriedKind.Found found, QueriedKind kind, Snapshot head) {
        List<ObjectView> page = found.objects().stream()
                .filter(object -> guard.permits(subject, AccessControl.READ, kind.name(), object.name()))
                .map(object -> ObjectViews.observed(kind, object, head))
                .toList();
        return new ObjectPage(page, found.next(), page.size(), head.commit(), found.unreachable());
    }

    private void recordRead(Subject subject, ObjectKind kind, String detail) {
        if (kind.confidential()) {
            guard.done(subject, AccessControl.READ, kind.name(), detail);
        }
    }

    /** Returns what comes after an object, which need not be there any more unless the list has an order of its own. */
    private static List<ObjectView> after(List<ObjectView> views, ObjectKey last, ObjectKind kind) {
        if (kind instanceof ObservedKind) {
            List<ObjectKey> keys = views.stream().map(ObjectView::key).toList();
            return views.subList(keys.indexOf(last) + 1, views.size());
        }
        return views.stream().filter(view -> view.key().compareTo(last) > 0).toList();
    }

    @Override
    public ObjectView get(Subject subject, ObjectKey key) throws ObjectException {
        ObjectKind kind = kinds.get(key.kind());
        guard.require(subject, AccessControl.READ, key.kind(), key.name());
        recordRead(subject, kind, key.name());
        return views().one(kind, key, state.head());
    }

    @Override
    public Content content(Subject subject, ObjectKey key) throws ObjectException {
        ObjectKind kind = kinds.get(key.kind());
        guard.require(subject, AccessControl.READ, key.kind(), key.name());
        if (!(kind instanceof FileKind)) {
            throw new ObjectException(
                    Reason.UNSUPPORTED,
                    "A " + kind.name() + " has no file of its own to download; get it as YAML",
                    null);
        }
        Snapshot head = state.head();
        Optional<StoredObject> object = indexes.of(head).find(key);
        if (object.isEmpty()) {
            throw views().absent(kind, key, head);
        }
        return content(object.get(), head);
    }

    @Override
    public List<ObjectDocument> export(Subject subject, Set<String> chosen) throws ObjectException {
        List<ObjectKind> exported = new ArrayList<>();
        for (String name : chosen) {
            exported.add(kinds.get(name));
        }
        Snapshot head = state.head();
        List<ObjectDocument> documents = new ArrayList<>();
        for (ObjectKind kind : chosen.isEmpty() ? kinds.all() : exported) {
            if (!(kind instanceof ObservedKind)) {
                guard.require(subject, AccessControl.READ, kind.name(), "");
                for (StoredObject object : indexes.of(head).of(kind.name()).values()) {
                    if (guard.permits(
                            subject,
                            AccessControl.READ,
                            kind.name(),
                            object.key().name())) {
                        documents.add(document(kind, object, head));
                    }
                }
            }
        }
        guard.done(subject, "export", Guard.named(chosen), documents.size() + " objects of commit " + head.commit());
        return documents;
    }

    @Override
    public ObjectResult apply(Subject subject, ObjectChange change) throws ObjectException {
        return new ChangeRun(state, kinds, new Planner(kinds, indexes, codec), guard).run(subject, change);
    }

    @Override
    public Set<ObjectKey> changed(CommitId before, CommitId after) throws ObjectException {
        ObjectIndex index = indexes.of(state.head());
        Set<ObjectKey> changed = new TreeSet<>();
        try {
            state.diff(before, after)
                    .forEach(difference -> index.key(difference.path()).ifPresent(changed::add));
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
        return changed;
    }

    private ObjectDocument document(ObjectKind kind, StoredObject object, Snapshot head) throws ObjectException {
        Map<String, Object> spec = kind instanceof FileKind files
                ? files.read(object.key(), content(object, head), true)
                : kind.show(object.key(), indexes.spec(kind, object, head));
        return new ObjectDocument(
                object.key(), kinds.changeable(kind.name()).schema().given(spec));
    }

    private static Content content(StoredObject object, Snapshot head) throws ObjectException {
        try {
            return head.content(object.blob());
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
    }

    private ObjectViews views() {
        return new ObjectViews(indexes, deployments);
    }

    /** Where a list goes on: after the last object of the page before, whether it is still there or not. */
    private static final class Cursor {
        private static final String SEPARATOR = "/";

        static String write(ObjectKey last) {
            byte[] text = (last.name() + SEPARATOR + last.layer()).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
        }

        static ObjectKey read(String kind, String cursor) throws ObjectException {
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                int cut = text.indexOf(SEPARATOR);
                return new ObjectKey(kind, text.substring(0, Math.max(cut, 0)), text.substring(cut + 1));
            } catch (IllegalArgumentException e) {
                throw new ObjectException(
                        Reason.INVALID,
                        "The cursor is none that a list has given; ask for the list from its beginning",
                        e);
            }
        }
    }
}
