package io.serai.deployer.internal;

import io.serai.api.deploy.BundleExtension;
import io.serai.deployer.internal.reconcile.Cause;
import io.serai.deployer.internal.reconcile.Mailbox;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;

/** Has the reconciler look again when something on the node changed. */
final class NodeEvents implements BundleListener, ServiceListener, FrameworkListener {
    private static final String COMPONENT_RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";
    private static final int LEFT =
            BundleEvent.STOPPED | BundleEvent.UNRESOLVED | BundleEvent.UNINSTALLED | BundleEvent.UPDATED;
    private static final int CAME = BundleEvent.RESOLVED | BundleEvent.STARTED;

    private final BundleContext context;
    private final Mailbox mailbox;

    NodeEvents(BundleContext context, Mailbox mailbox) {
        this.context = context;
        this.mailbox = mailbox;
    }

    void listen() {
        context.addBundleListener(this);
        context.addServiceListener(this);
        context.addFrameworkListener(this);
    }

    void stop() {
        context.removeFrameworkListener(this);
        context.removeServiceListener(this);
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        boolean ours = event.getBundle().getLocation().startsWith(BundleExtension.LOCATION_SCHEME);
        if (ours && (event.getType() & LEFT) != 0) {
            mailbox.notice(Cause.OWN_BUNDLES);
        } else if (!ours && (event.getType() & (CAME | LEFT)) != 0) {
            mailbox.notice(Cause.BUNDLES);
        }
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        if (event.getType() != ServiceEvent.MODIFIED) {
            mailbox.notice(Cause.SERVICES);
        } else if (isComponentRuntime(event)) {
            mailbox.notice(Cause.COMPONENTS);
        }
    }

    private static boolean isComponentRuntime(ServiceEvent event) {
        Object names = event.getServiceReference().getProperty(Constants.OBJECTCLASS);
        return names instanceof String[] classes && classes.length == 1 && classes[0].equals(COMPONENT_RUNTIME);
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED || event.getType() == FrameworkEvent.STARTED) {
            mailbox.notice(Cause.BUNDLES);
        }
    }
}
