package io.serai.runtime.internal.invocation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The calls that run or wait. Each thread has a place of its own in a table as long as there are few, so that coming and
 * going costs one write each and threads do not contend.
 */
final class InFlightCalls {
    static final int NO_SLOT = -1;

    private static final int BITS = 11;
    private static final int SLOTS = 1 << BITS;
    private static final int PROBES = 8;

    /** 2^64 divided by the golden ratio: spreads successive thread ids evenly (Knuth, TAOCP 3, section 6.4). */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final AtomicReferenceArray<ServiceCall> slots = new AtomicReferenceArray<>(SLOTS);
    private final Set<ServiceCall> overflow = ConcurrentHashMap.newKeySet();

    /** Adds a call, and tells it the slot to remove it by. */
    void add(ServiceCall call) {
        int first = (int) ((Thread.currentThread().getId() * SPREAD) >>> (Long.SIZE - BITS));
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = (first + probe) & (SLOTS - 1);
            if (slots.get(slot) == null) {
                // Before it can be seen: from then on it may be removed by another thread
                call.inSlot(slot);
                if (slots.compareAndSet(slot, null, call)) {
                    return;
                }
            }
        }
        call.inSlot(NO_SLOT);
        overflow.add(call);
    }

    void remove(ServiceCall call, int slot) {
        if (slot == NO_SLOT) {
            overflow.remove(call);
        } else {
            slots.lazySet(slot, null);
        }
    }

    /** Shows every call that was there all the time, and maybe others. */
    void forEach(Consumer<ServiceCall> action) {
        for (int slot = 0; slot < SLOTS; slot++) {
            ServiceCall call = slots.getOpaque(slot);
            if (call != null) {
                action.accept(call);
            }
        }
        overflow.forEach(action);
    }
}
