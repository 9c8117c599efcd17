package io.serai.camel.internal;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Jar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bundles as users build them: by bnd. */
final class TestBundle {
    private TestBundle() {}

    /** Returns a bundle of these classes of the tests. */
    static InputStream of(String symbolicName, Class<?>... classes) throws Exception {
        try (Builder builder = builder(classes)) {
            return build(builder, symbolicName);
        }
    }

    /** Returns a bundle of these classes of the tests, one of which is its activator. */
    static InputStream withActivator(String symbolicName, Class<?> activator, Class<?>... classes) throws Exception {
        try (Builder builder = builder(classes)) {
            builder.setProperty(Constants.BUNDLE_ACTIVATOR, activator.getName());
            return build(builder, symbolicName);
        }
    }

    /** Returns a bundle without classes that requires another one. */
    static InputStream requiring(String symbolicName, String required) throws Exception {
        try (Builder builder = new Builder()) {
            builder.setProperty(Constants.REQUIRE_BUNDLE, required);
            builder.setProperty("-resourceonly", "true");
            return build(builder, symbolicName);
        }
    }

    private static Builder builder(Class<?>... classes) throws IOException {
        File folder = new File(URI.create(CamelNode.codeOf(TestBundle.class)));
        Builder builder = new Builder();
        builder.addClasspath(folder);
        builder.addClasspath(new File(URI.create(CamelNode.codeOf(RouteContexts.class))));
        builder.setProperty(
                Constants.INCLUDERESOURCE,
                Arrays.stream(classes)
                        .flatMap(type -> files(folder, type))
                        .map(path -> path + "=" + new File(folder, path))
                        .collect(Collectors.joining(",")));
        return builder;
    }

    /** Returns the class files of a class, anonymous ones within it included. */
    private static Stream<String> files(File folder, Class<?> type) {
        String path = type.getName().replace('.', '/');
        File[] inner = Objects.requireNonNull(new File(folder, path)
                .getParentFile()
                .listFiles((parent, name) ->
                        (type.getPackageName().replace('.', '/') + "/" + name).startsWith(path + "$")));
        String packagePath = type.getPackageName().replace('.', '/') + "/";
        return Stream.concat(
                Stream.of(path + ".class"), Arrays.stream(inner).map(file -> packagePath + file.getName()));
    }

    /** Returns a bundle of a Camel component and its client library, as adapters wrap them. */
    static InputStream wrapping(String symbolicName, Class<?> component, Class<?> client) throws Exception {
        try (Builder builder = new Builder()) {
            File componentJar = new File(URI.create(CamelNode.codeOf(component)));
            File clientJar = new File(URI.create(CamelNode.codeOf(client)));
            builder.setProperty(Constants.INCLUDERESOURCE, "@" + componentJar + ",@" + clientJar);
            builder.setProperty(
                    Constants.IMPORT_PACKAGE, "org.apache.camel.*;version=\"[4.14,4.15)\",*;resolution:=optional");
            return build(builder, symbolicName);
        }
    }

    private static InputStream build(Builder builder, String symbolicName) throws Exception {
        builder.setBundleSymbolicName(symbolicName);
        Jar jar = builder.build();
        if (!builder.isOk()) {
            throw new IllegalStateException(String.join("\n", builder.getErrors()));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        jar.write(bytes);
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
