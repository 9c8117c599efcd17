package io.serai.camel.internal;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.service.ListenerHook;

/** Counts the service listeners of a framework. */
final class ListenerCount implements ListenerHook {
    private final AtomicInteger count = new AtomicInteger();

    ListenerCount(BundleContext context) {
        context.registerService(ListenerHook.class, this, null);
    }

    int count() {
        return count.get();
    }

    @Override
    public void added(Collection<ListenerInfo> listeners) {
        count.addAndGet(listeners.size());
    }

    @Override
    public void removed(Collection<ListenerInfo> listeners) {
        count.addAndGet(-listeners.size());
    }
}
