package io.serai.camel.internal;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.text.NearNames;
import java.net.BindException;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.dsl.yaml.common.exception.UnsupportedFieldException;
import org.apache.camel.util.ObjectHelper;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.apache.camel.xml.io.XmlPullParserException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in plain words why routes could not be read, made or started. */
final class RouteFailure {
    /** After these words Camel tells the values of options, secret ones included. */
    private static final String VALUES = " Unknown parameters=";

    /** What Camel makes of its REST DSL, and what serves it elsewhere. */
    private static final Set<String> REST_DSL = Set.of("rest", "rest-api", "rest-openapi", "platform-http");

    private final RouteSource source;
    private final KnownNames known;

    RouteFailure(RouteSource source, KnownNames known) {
        this.source = source;
        this.known = known;
    }

    DeploymentException of(Throwable failure) {
        return find(DeploymentException.class, failure)
                .or(() -> find(MarkedYamlEngineException.class, failure).map(this::badYaml))
                .or(() -> find(XmlPullParserException.class, failure).map(this::badXml))
                .or(() -> find(NoSuchBeanException.class, failure).map(e -> missingBean(e, failure)))
                .or(() -> find(NoSuchLanguageException.class, failure).map(e -> unknownLanguage(e, failure)))
                .or(() ->
                        find(ResolveEndpointFailedException.class, failure).map(e -> badEndpoint(e.getUri(), failure)))
                .or(() -> find(NoSuchEndpointException.class, failure).map(e -> badEndpoint(e.getUri(), failure)))
                .or(() -> find(InterruptedException.class, failure).map(this::tooSlow))
                .or(() -> find(BindException.class, failure).map(e -> addressInUse(e, failure)))
                .orElseGet(() -> other(failure));
    }

    private DeploymentException badYaml(MarkedYamlEngineException e) {
        String problem = Stream.of(e.getContext(), e.getProblem())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
        int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
        // Camel tells where the object begins that has the field.
        String place = e instanceof UnsupportedFieldException
                ? source.place(StringHelper.after(problem, ": ", problem), line)
                : source.place(line, column);
        return new DeploymentException(Reason.INVALID, place + ": " + problem, rawWords(e), e);
    }

    private DeploymentException badXml(XmlPullParserException e) {
        String problem = Objects.requireNonNullElse(e.getMessage(), e.toString());
        // Camel does not tell where an element stands that it does not know.
        String place = e.getLineNumber() > 0
                ? source.place(e.getLineNumber(), e.getColumnNumber())
                : source.place(StringHelper.between(problem, "}", "'"), 1);
        return new DeploymentException(Reason.INVALID, place + ": " + problem, rawWords(e), e);
    }

    private DeploymentException missingBean(NoSuchBeanException e, Throwable failure) {
        String name = e.getName();
        String message = source.place(name, 1) + ": bean '" + name + "' is missing; declare it in the file, or deploy a"
                + " bundle that registers an OSGi service with the property name=" + name;
        return new DeploymentException(Reason.UNSATISFIED, message, rawWords(failure), failure);
    }

    private DeploymentException unknownLanguage(NoSuchLanguageException e, Throwable failure) {
        String language = e.getLanguage();
        return unknown("language '" + language + "'", language, known.languages(), failure);
    }

    private DeploymentException badEndpoint(String secretUri, Throwable failure) {
        String uri = URISupport.sanitizeUri(secretUri);
        String component = StringHelper.before(uri, ":", uri);
        if (REST_DSL.contains(component)) {
            String message = source.place(component, 1) + ": Camel's own REST is not on this node. Make the route a"
                    + " service with a REST channel: from uri serai:<name> with parameters {rest: \"GET /path\"}";
            return new DeploymentException(Reason.UNSUPPORTED, message, rawWords(failure), null);
        }
        if (!known.components().contains(component)) {
            String subject = "component '" + component + "' of endpoint " + uri;
            return unknown(subject, component, known.components(), failure);
        }
        Optional<String> option = unknownOption(secretUri, known.options(component));
        if (option.isPresent()) {
            String subject = "option '" + option.get() + "' of component '" + component + "' in endpoint " + uri;
            return unknown(subject, option.get(), known.options(component), failure);
        }
        String message =
                source.place(component + ":", 1) + ": endpoint " + uri + " cannot be made: " + rootWords(failure);
        return new DeploymentException(Reason.UNSUPPORTED, message, rawWords(failure), null);
    }

    /** Returns an option that does not exist; of several the one that is most likely a slip. */
    private static Optional<String> unknownOption(String uri, Collection<String> options) {
        List<String> unknown = options.isEmpty()
                ? List.of()
                : namesIn(uri).filter(name -> !options.contains(name)).toList();
        return unknown.stream()
                .filter(name -> NearNames.nearest(name, options).isPresent())
                .findFirst()
                .or(() -> unknown.stream().findFirst());
    }

    private static Stream<String> namesIn(String uri) {
        try {
            return URISupport.parseQuery(URISupport.extractQuery(uri)).keySet().stream();
        } catch (URISyntaxException e) {
            return Stream.empty();
        }
    }

    /** The failure is not kept as the cause: its message may tell secret options. */
    private DeploymentException unknown(String subject, String name, Collection<String> candidates, Throwable failure) {
        String hint = NearNames.nearest(name, candidates)
                .map(nearest -> "Did you mean '" + nearest + "'?")
                .orElse("Correct the name, or install the feature that has it.");
        String message = source.place(name, 1) + ": " + subject + " is unknown on this node. " + hint;
        return new DeploymentException(Reason.UNSUPPORTED, message, rawWords(failure), null);
    }

    private DeploymentException addressInUse(BindException e, Throwable failure) {
        String message =
                source.owner() + ": an endpoint cannot listen (" + withoutSecrets(String.valueOf(e.getMessage()))
                        + "), because another artifact or program listens there; give one of them another port";
        return new DeploymentException(Reason.CONFLICT, message, rawWords(failure), failure);
    }

    private DeploymentException tooSlow(InterruptedException e) {
        Thread.currentThread().interrupt();
        String message = source.owner() + ": routes did not start within the time the deployer gives; see whether an"
                + " endpoint waits for a server that does not answer";
        return new DeploymentException(Reason.START_FAILED, message, e);
    }

    private DeploymentException other(Throwable failure) {
        // Camel has no exception type of its own for a data format that is not there.
        String root = rootWords(failure);
        String dataFormat = StringHelper.between(root, "Data format '", "' could not be created");
        if (dataFormat != null) {
            return unknown("data format '" + dataFormat + "'", dataFormat, known.dataFormats(), failure);
        }
        return new DeploymentException(Reason.START_FAILED, source.owner() + ": " + root, rawWords(failure), failure);
    }

    private static String rootWords(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return withoutSecrets(Objects.requireNonNullElse(root.getMessage(), root.toString()));
    }

    private static String rawWords(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> withoutSecrets(cause.toString()))
                .collect(Collectors.joining("\nCaused by: "));
    }

    private static String withoutSecrets(String words) {
        return URISupport.sanitizeUri(StringHelper.before(words, VALUES, words));
    }

    private static <T extends Throwable> Optional<T> find(Class<T> type, Throwable failure) {
        return Optional.ofNullable(ObjectHelper.getException(type, failure));
    }
}
