package io.serai.secrets.internal.key;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The keys, as soon as there are any: the state waits for kinds of objects, and keys wait for the state. */
@Component(service = KeySlot.class)
public final class KeySlot {
    private final AtomicReference<@Nullable Keys> keys = new AtomicReference<>();

    /** Has none yet. */
    @Activate
    public KeySlot() {}

    void fill(Keys with) {
        keys.set(with);
    }

    void empty(Keys of) {
        keys.compareAndSet(of, null);
    }

    /** Returns the keys; empty while the node comes up. */
    public Optional<Keys> keys() {
        return Optional.ofNullable(keys.get());
    }
}
