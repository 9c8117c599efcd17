package io.serai.runtime.internal.extension;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceInfo;
import io.serai.runtime.internal.registry.ServiceDirectory;
import io.serai.runtime.internal.registry.ServiceInstance;
import io.serai.runtime.internal.registry.ServiceOrigin;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Makes instances of the service classes that a bundle declares, or says why it cannot. */
final class ServiceClasses {
    private final Bundle bundle;
    private final ServiceOrigin origin;
    private final ServiceDirectory directory;

    ServiceClasses(Bundle bundle, String owner, ServiceDirectory directory) {
        this.bundle = bundle;
        this.origin = ServiceOrigin.of(owner, bundle);
        this.directory = directory;
    }

    /** Makes an instance of a class; runs its constructor. */
    ServiceInstance instantiate(String className) throws DeploymentException {
        try {
            Class<?> type = load(className);
            check(type);
            ServiceInfo info = type.getAnnotation(ServiceInfo.class);
            if (info == null) {
                throw invalid(className, "is declared a service, but lacks @ServiceInfo; annotate it");
            }
            ServiceDeclaration declaration = ServiceDeclaration.of(info, "Class " + className);
            TypeArguments types = TypeArguments.of(type)
                    .orElseThrow(() -> invalid(
                            className,
                            "does not say what it takes and answers; write out both types, as in 'implements"
                                    + " Service<Query, Answer>'"));
            Service<?, ?> service = construct(type);
            return new ServiceInstance(
                    declaration.describe(types, origin, className),
                    origin,
                    service,
                    directory.recorder(declaration.name()));
        } catch (ExceptionInInitializerError e) {
            throw startFailed("static initialization", className, e.getCause());
        } catch (LinkageError e) {
            throw new DeploymentException(
                    Reason.INVALID,
                    origin.owner() + ": class " + className + " cannot be used, because it needs " + missing(e)
                            + ", which the bundle neither has nor imports; add it, or import its package",
                    String.valueOf(e),
                    e);
        }
    }

    private static String missing(LinkageError error) {
        return String.valueOf(error.getMessage()).replace('/', '.');
    }

    private Class<?> load(String className) throws DeploymentException {
        try {
            return bundle.loadClass(className);
        } catch (ClassNotFoundException e) {
            throw new DeploymentException(
                    Reason.INVALID,
                    origin.owner() + ": class " + className
                            + " is declared a service in the manifest, but is not in the bundle; build the bundle again",
                    e);
        }
    }

    private void check(Class<?> type) throws DeploymentException {
        String name = type.getName();
        if (!Service.class.isAssignableFrom(type)) {
            throw invalid(
                    name,
                    hasForeignService(type)
                            ? "implements a copy of Service that the bundle carries with it; leave the package "
                                    + Service.class.getPackageName() + " out of the bundle, and import it"
                            : "does not implement " + Service.class.getName()
                                    + "; implement it, or remove @ServiceInfo");
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            throw invalid(name, "is abstract; annotate a class that can be instantiated");
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            throw invalid(name, "is not public; make it public");
        }
        if (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
            throw invalid(name, "is an inner class; make it static");
        }
    }

    private static boolean hasForeignService(@Nullable Class<?> type) {
        return type != null
                && (Arrays.stream(type.getInterfaces())
                                .anyMatch(one -> one.getName().equals(Service.class.getName()))
                        || hasForeignService(type.getSuperclass()));
    }

    private Service<?, ?> construct(Class<?> type) throws DeploymentException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(type.getClassLoader());
        try {
            Constructor<?> constructor = type.getConstructor();
            return (Service<?, ?>) constructor.newInstance();
        } catch (NoSuchMethodException e) {
            throw invalid(type.getName(), "has no public constructor without parameters; add one");
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof LinkageError linkage) {
                throw linkage;
            }
            throw startFailed("constructor", type.getName(), e.getCause());
        } catch (InstantiationException | IllegalAccessException e) {
            throw invalid(type.getName(), "cannot be instantiated: " + e.getMessage());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private DeploymentException startFailed(String part, String className, @Nullable Throwable cause) {
        String why = cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
        return new DeploymentException(
                Reason.START_FAILED,
                origin.owner() + ": the " + part + " of class " + className + " failed: " + why,
                String.valueOf(cause),
                cause);
    }

    private DeploymentException invalid(String className, String problem) {
        return ServiceDeclaration.invalid(origin.owner() + ": class " + className + " " + problem);
    }
}
