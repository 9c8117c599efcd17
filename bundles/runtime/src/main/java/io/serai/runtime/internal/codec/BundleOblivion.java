package io.serai.runtime.internal.codec;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Sees to it that the codec keeps no class of a bundle that is gone. */
@Component(
        service = {},
        immediate = true)
public final class BundleOblivion implements BundleListener {
    private final BundleContext context;
    private final JacksonPayloadCodec codec;

    @Activate
    public BundleOblivion(BundleContext context, @Reference JacksonPayloadCodec codec) {
        this.context = context;
        this.codec = codec;
        context.addBundleListener(this);
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.UNRESOLVED || event.getType() == BundleEvent.UNINSTALLED) {
            codec.forgetContents();
        }
    }
}
