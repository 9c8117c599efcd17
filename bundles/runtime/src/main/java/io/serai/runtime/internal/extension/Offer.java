package io.serai.runtime.internal.extension;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceInfo;
import io.serai.runtime.internal.registry.ServiceDirectory;
import io.serai.runtime.internal.registry.ServiceInstance;
import io.serai.runtime.internal.registry.ServiceOrigin;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** An OSGi service that offers itself to be called by name. Thread-safe. */
final class Offer {
    private final BundleContext context;
    private final ServiceReference<Object> reference;
    /** Made under the lock of this, but read without: to make it runs code of the bundle, which may take long. */
    private volatile @Nullable ServiceInstance instance;

    private boolean taken; // guarded by this

    Offer(BundleContext context, ServiceReference<Object> reference) {
        this.context = context;
        this.reference = reference;
    }

    /**
     * Makes an instance of it, unless there is one; activates its component.
     *
     * @param owner whose it is, unless it says so itself
     */
    synchronized ServiceInstance instance(String owner, ServiceDirectory directory) throws DeploymentException {
        ServiceInstance present = instance;
        if (present != null) {
            return present;
        }
        Service<?, ?> service = service();
        Class<?> type = service.getClass();
        String effectiveOwner = reference.getProperty(ServiceInfo.OWNER) instanceof String stated ? stated : owner;
        String subject = effectiveOwner + ": the OSGi service of class " + type.getName();
        ServiceDeclaration declaration =
                ServiceDeclaration.of(reference, type.getAnnotation(ServiceInfo.class), subject);
        ServiceOrigin origin = ServiceOrigin.of(effectiveOwner, reference.getBundle());
        present = new ServiceInstance(
                declaration.describe(types(type, subject), origin, type.getName()),
                origin,
                service,
                directory.recorder(declaration.name()));
        instance = present;
        return present;
    }

    private Service<?, ?> service() throws DeploymentException {
        Object service = context.getService(reference);
        if (service == null) {
            throw new DeploymentException(
                    Reason.START_FAILED,
                    "The OSGi service " + reference + " cannot be had: its component did not start; see the log",
                    null);
        }
        taken = true;
        return (Service<?, ?>) service;
    }

    /** Lambdas and proxies have lost their type arguments: they get what the payload is by itself. */
    private static TypeArguments types(Class<?> type, String subject) throws DeploymentException {
        if (type.isSynthetic() || Proxy.isProxyClass(type)) {
            return TypeArguments.of(type).orElse(new TypeArguments(Object.class, Object.class));
        }
        return TypeArguments.of(type)
                .orElseThrow(() -> ServiceDeclaration.invalid(subject
                        + " does not say what it takes and answers; write out both types, as in 'implements"
                        + " Service<Query, Answer>'"));
    }

    /** Returns the instance that was made of it. */
    @Nullable ServiceInstance instance() {
        return instance;
    }

    /** Lets a later {@link #instance(String, ServiceDirectory)} make another instance. */
    void discard() {
        instance = null;
    }

    /** Lets go of the OSGi service. */
    synchronized void release() {
        if (taken) {
            taken = false;
            context.ungetService(reference);
        }
    }

    @Override
    public String toString() {
        return reference.toString();
    }
}
