package io.serai.security.internal.directory;

import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Users, roles and keys, which are what the head of the state says, and for all nodes only; looked up again when it moves. */
@Component(service = SecurityDirectory.class)
public final class SecurityDirectory {
    private final StateRepository state;
    private final Object lock = new Object();
    private final Census census = new Census();
    private volatile @Nullable People people;

    /** Looks into a state. */
    @Activate
    public SecurityDirectory(@Reference StateRepository state) {
        this.state = state;
    }

    /** Returns who there is now. */
    public People people() {
        Snapshot head = state.head();
        People last = people;
        if (last != null && last.commit().equals(head.commit())) {
            return last;
        }
        synchronized (lock) {
            last = people;
            if (last == null || !last.commit().equals(head.commit())) {
                last = census.people(head);
                people = last;
            }
            return last;
        }
    }

    /** Changes the spec of an object that is kept. */
    public interface Edit {
        /**
         * Returns what it shall be.
         *
         * @param before what it is; empty for none
         * @throws StateException if it cannot be
         */
        Map<String, Object> apply(Optional<Map<String, Object>> before) throws StateException;
    }

    /**
     * Changes one object, unless somebody else has changed it meanwhile.
     *
     * @throws StateException as {@link StateRepository#commit}
     */
    public CommitId edit(String kind, String name, Author author, String message, Edit edit) throws StateException {
        Snapshot head = state.head();
        StatePath path = ObjectFolder.path(kind, name);
        Map<String, Object> next = edit.apply(spec(head, kind, name));
        Content content = ObjectYaml.write(kind, name, next);
        return state.commit(new Change(Map.of(path, content), Set.of(), author, message, Optional.of(head.commit())));
    }

    private static Optional<Map<String, Object>> spec(Snapshot head, String kind, String name) throws StateException {
        StatePath path = ObjectFolder.path(kind, name);
        Optional<Content> content = head.content(path);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LinkedHashMap<>(
                    ObjectYaml.spec(kind, name, content.get().bytes())));
        } catch (IllegalArgumentException e) {
            throw new StateException(Reason.INVALID, "Cannot read " + path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StateException(Reason.IO, "Cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
