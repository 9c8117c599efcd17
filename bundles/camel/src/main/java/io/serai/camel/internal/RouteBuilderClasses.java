package io.serai.camel.internal;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The route builders among the classes of a bundle: public ones that can be made without parameters. */
final class RouteBuilderClasses {
    private static final Logger LOG = LoggerFactory.getLogger(RouteBuilderClasses.class);
    private static final Set<String> BUILDER_PACKAGES = Set.of("org.apache.camel", "org.apache.camel.builder");
    private static final String CLASS = ".class";

    private final Bundle bundle;
    private final String componentDescriptions;

    RouteBuilderClasses(Bundle bundle) {
        this.bundle = bundle;
        this.componentDescriptions = componentDescriptions(bundle);
    }

    /** Returns whether a bundle can have route builders at all: cheap, loads no class. */
    static boolean possibleIn(Bundle bundle, Bundle core) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        return wiring != null
                && wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE).stream()
                        .filter(wire -> wire.getProvider().getBundle().equals(core))
                        .map(wire -> wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))
                        .anyMatch(BUILDER_PACKAGES::contains);
    }

    /** Returns whether the bundle has components (Declarative Services, Blueprint), which may bring route builders. */
    boolean hasComponents() {
        return !componentDescriptions.isEmpty();
    }

    /** Makes one of each class, but those that are components: their container makes them. */
    List<RoutesBuilder> create() throws DeploymentException {
        List<RoutesBuilder> builders = new ArrayList<>();
        for (String resource : bundle.adapt(BundleWiring.class)
                .listResources(
                        "/", "*" + CLASS, BundleWiring.LISTRESOURCES_LOCAL | BundleWiring.LISTRESOURCES_RECURSE)) {
            String name =
                    resource.substring(0, resource.length() - CLASS.length()).replace('/', '.');
            if (!componentDescriptions.contains(name)) {
                for (Class<?> type :
                        load(name).filter(RouteBuilderClasses::isBuilder).toList()) {
                    builders.add(create(type));
                }
            }
        }
        return builders;
    }

    private Stream<Class<?>> load(String name) {
        try {
            return Stream.of(bundle.loadClass(name));
        } catch (ClassNotFoundException | LinkageError e) {
            // A class for an optional package that is not there; nothing else can use it either.
            LOG.debug("Class was not looked at: bundle={} class={}", bundle, name, e);
            return Stream.empty();
        }
    }

    private static boolean isBuilder(Class<?> type) {
        return RouteBuilder.class.isAssignableFrom(type)
                && Modifier.isPublic(type.getModifiers())
                && !Modifier.isAbstract(type.getModifiers())
                && Stream.of(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    private RoutesBuilder create(Class<?> type) throws DeploymentException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(type.getClassLoader());
        try {
            return (RoutesBuilder) type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw failed(type, e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw failed(type, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private DeploymentException failed(Class<?> type, Throwable cause) {
        String message = "The constructor of the route builder " + type.getName() + " in bundle "
                + bundle.getSymbolicName() + " threw " + cause;
        return new DeploymentException(Reason.START_FAILED, message, cause);
    }

    private static String componentDescriptions(Bundle bundle) {
        Enumeration<URL> descriptions = bundle.findEntries("OSGI-INF", "*.xml", true);
        if (descriptions == null) {
            return "";
        }
        return Collections.list(descriptions).stream()
                .map(RouteBuilderClasses::text)
                .collect(Collectors.joining("\n"));
    }

    private static String text(URL entry) {
        try (InputStream in = entry.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
