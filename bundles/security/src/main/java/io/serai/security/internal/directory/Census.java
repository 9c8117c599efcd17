package io.serai.security.internal.directory;

import io.serai.api.state.Snapshot;
import io.serai.security.internal.role.Role;

/** Reads who there is from snapshots, each file once as long as it stays the same. Thread-safe. */
public final class Census {
    private final Object lock = new Object();
    // guarded by lock
    private final ObjectFolder<UserSpec> users = new ObjectFolder<>(UserSpec.KIND, UserSpec::of);
    private final ObjectFolder<Role> roles = new ObjectFolder<>(RoleSpec.KIND, RoleSpec::of);
    private final ObjectFolder<ApiKeySpec> keys = new ObjectFolder<>(ApiKeySpec.KIND, ApiKeySpec::of);

    /** Returns who there is in a snapshot. */
    public People people(Snapshot snapshot) {
        synchronized (lock) {
            return People.of(snapshot.commit(), users.read(snapshot), roles.read(snapshot), keys.read(snapshot));
        }
    }
}
