package io.serai.admin.internal.rest;

import io.serai.api.deploy.Rollout;
import io.serai.api.deploy.RolloutService;
import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectJson;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectQuery;
import io.serai.api.object.ObjectQuery.Condition;
import io.serai.api.object.ObjectQuery.Operator;
import io.serai.api.object.ObjectResult;
import io.serai.api.object.ObjectResult.Action;
import io.serai.api.object.ObjectService;
import io.serai.api.object.ObjectView;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Pace;
import io.serai.api.state.StatePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists, reads, puts and removes objects, one by one and many in one step. */
@Component(service = ObjectEndpoints.class)
public final class ObjectEndpoints {
    /** What an object may be sent as. */
    static final Set<String> DOCUMENTS = Set.of("application/json", "application/yaml");

    private static final int MAX_OBJECT_BYTES = 1024 * 1024;
    private static final int USUAL_LIMIT = 500;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern CONDITION = Pattern.compile("([A-Za-z][A-Za-z0-9_.-]*)(!=|=|~)(.*)", Pattern.DOTALL);
    private static final Set<String> CHANGE = Set.of("layer", "dryRun", "rolling", "wait", "timeout", "message");
    private static final Set<String> REMOVAL =
            Set.of("layer", "dryRun", "rolling", "wait", "timeout", "message", "cascade");

    private final ObjectService objects;
    private final ObjectCodec codec;
    private final RolloutService rollouts;

    /** Serves these. */
    @Activate
    public ObjectEndpoints(
            @Reference ObjectService objects, @Reference ObjectCodec codec, @Reference RolloutService rollouts) {
        this.objects = objects;
        this.codec = codec;
        this.rollouts = rollouts;
    }

    ObjectService objects() {
        return objects;
    }

    ApiAnswer list(ApiRequest request, String kind) throws ApiException, ObjectException {
        request.allow(Set.of("filter", "fields", "limit", "cursor"));
        List<Condition> conditions = new ArrayList<>();
        for (String filter : request.parameters("filter")) {
            conditions.add(condition(filter));
        }
        int limit = request.number("limit", USUAL_LIMIT, ObjectQuery.MAX_LIMIT);
        ObjectQuery query = new ObjectQuery(kind, conditions, limit, request.parameter("cursor"));
        return ApiAnswer.ok(ObjectJson.page(kind, objects.list(request.subject(), query), request.list("fields")));
    }

    private static Condition condition(String filter) throws ApiException {
        Matcher condition = CONDITION.matcher(filter);
        if (!condition.matches()) {
            throw ApiException.badRequest(
                    "Parameter filter must be <field>=<value>, <field>!=<value> or <field>~<text>, such as spec.service=orders.get");
        }
        Operator operator =
                switch (condition.group(2)) {
                    case "=" -> Operator.IS;
                    case "!=" -> Operator.NOT;
                    default -> Operator.CONTAINS;
                };
        return new Condition(condition.group(1), operator, condition.group(3));
    }

    ApiAnswer get(ApiRequest request, String kind, String name) throws ApiException, ObjectException {
        request.allow(Set.of("layer"));
        ObjectView view = objects.get(request.subject(), key(request, kind, name));
        String etag = quoted(view.etag());
        if (request.header("If-None-Match").filter(etag::equals).isPresent()) {
            return ApiAnswer.empty(HttpStatus.NOT_MODIFIED_304).with("ETag", etag);
        }
        boolean yaml =
                request.header("Accept").filter("application/yaml"::equals).isPresent();
        ApiAnswer answer = yaml
                ? ApiAnswer.of(
                        "application/yaml",
                        Content.of(codec.yaml(List.of(new ObjectDocument(view.key(), view.spec())))))
                : ApiAnswer.ok(ObjectJson.view(view));
        return answer.with("ETag", etag);
    }

    ApiAnswer put(ApiRequest request, String kind, String name)
            throws ApiException, ObjectException, InterruptedException {
        request.allow(CHANGE);
        ObjectKey key = key(request, kind, name);
        request.requireType(DOCUMENTS);
        List<ObjectDocument> documents = codec.read("body", Content.of(request.body(MAX_OBJECT_BYTES)));
        if (documents.size() != 1) {
            throw ApiException.badRequest("The body must be one object; post several to /api/v1/apply");
        }
        ObjectDocument given = documents.get(0);
        boolean same = given.key().kind().equals(kind) && given.key().name().equals(name);
        if (!same || (!given.key().layer().isEmpty() && !given.key().equals(key))) {
            throw ApiException.badRequest(
                    "The body is " + given.key() + ", and the path is that of " + key + "; make them the same");
        }
        return change(request, List.of(new ObjectDocument(key, given.spec())), Set.of());
    }

    ApiAnswer delete(ApiRequest request, String kind, String name)
            throws ApiException, ObjectException, InterruptedException {
        request.allow(REMOVAL);
        return change(request, List.of(), Set.of(key(request, kind, name)));
    }

    /** Puts or removes one object that the client must have seen. */
    ApiAnswer change(ApiRequest request, List<ObjectDocument> puts, Set<ObjectKey> deletions)
            throws ApiException, ObjectException, InterruptedException {
        ObjectKey key =
                puts.isEmpty() ? deletions.iterator().next() : puts.get(0).key();
        ObjectChange change = new ObjectChange(
                puts,
                deletions,
                expected(request, key),
                request.parameter("message").orElse(""),
                options(request, Set.of()));
        return answer(request, change, true);
    }

    ApiAnswer apply(ApiRequest request) throws ApiException, ObjectException, InterruptedException {
        request.allow(Set.of("dryRun", "rolling", "wait", "timeout", "message", "prune", "cascade"));
        request.requireType(DOCUMENTS);
        List<ObjectDocument> documents = codec.read("body", Content.of(request.body((int) ObjectCodec.MAX_BYTES)));
        ObjectChange change = new ObjectChange(
                documents,
                Set.of(),
                Map.of(),
                request.parameter("message").orElse(""),
                options(request, Set.copyOf(request.list("prune"))));
        return answer(request, change, false);
    }

    ApiAnswer export(ApiRequest request) throws ApiException, ObjectException {
        request.allow(Set.of("kinds"));
        List<ObjectDocument> documents = objects.export(request.subject(), Set.copyOf(request.list("kinds")));
        return ApiAnswer.of("application/yaml", Content.of(codec.yaml(documents)));
    }

    private ApiAnswer answer(ApiRequest request, ObjectChange change, boolean one)
            throws ApiException, ObjectException, InterruptedException {
        checkWait(request);
        ObjectResult result = objects.apply(request.subject(), change);
        boolean dryRun = change.options().dryRun();
        Map<String, Object> json = new LinkedHashMap<>(ObjectJson.result(result, dryRun));
        if (!dryRun) {
            addRollout(request, result.commit(), result.paths(), json);
        }
        boolean created = one && !dryRun && result.outcomes().stream().anyMatch(o -> o.action() == Action.CREATED);
        return ApiAnswer.json(created ? HttpStatus.CREATED_201 : HttpStatus.OK_200, json);
    }

    /** Refuses parameters that nobody can wait by, before anything is changed. */
    static void checkWait(ApiRequest request) throws ApiException {
        wait(request);
        request.duration("timeout", USUAL_TIMEOUT);
    }

    /** Waits for nodes to apply a commit, if the client wants that, and adds how they have to an answer. */
    void addRollout(ApiRequest request, CommitId commit, Collection<StatePath> paths, Map<String, Object> json)
            throws ApiException, InterruptedException {
        Rollout.Wait wait = wait(request);
        if (wait != Rollout.Wait.NONE) {
            Duration timeout = request.duration("timeout", USUAL_TIMEOUT);
            json.put("rollout", RolloutJson.of(rollouts.await(commit, paths, wait, timeout)));
        }
    }

    private static ObjectChange.Options options(ApiRequest request, Set<String> pruned) throws ApiException {
        return new ObjectChange.Options(
                request.flag("dryRun"),
                request.flag("cascade"),
                pruned,
                request.flag("rolling") ? Pace.ROLLING : Pace.AT_ONCE);
    }

    /** Returns what the client has seen of an object; refuses to overwrite one that it says nothing about. */
    private Map<ObjectKey, String> expected(ApiRequest request, ObjectKey key) throws ApiException, ObjectException {
        if (request.header("If-None-Match").filter("*"::equals).isPresent()) {
            return Map.of(key, ObjectChange.ABSENT);
        }
        Optional<String> match = request.header("If-Match");
        if (match.isPresent()) {
            String etag = match.get().strip();
            if (etag.equals("*")) {
                return Map.of();
            }
            if (!etag.matches("\"[^\"]{1,128}\"")) {
                throw ApiException.badRequest(
                        "If-Match must be one ETag in quotation marks, as a GET has answered, or *");
            }
            return Map.of(key, etag.substring(1, etag.length() - 1));
        }
        try {
            objects.get(request.subject(), key);
        } catch (ObjectException e) {
            if (e.reason() == ObjectException.Reason.NOT_FOUND) {
                return Map.of(key, ObjectChange.ABSENT);
            }
            throw e;
        }
        throw ApiException.of(
                HttpStatus.PRECONDITION_REQUIRED_428,
                key + " is there; send If-Match with the ETag that you have seen, or with * for whatever it is now");
    }

    private static Rollout.Wait wait(ApiRequest request) throws ApiException {
        String wait = request.parameter("wait").orElse("none");
        for (Rollout.Wait known : Rollout.Wait.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(wait)) {
                return known;
            }
        }
        throw ApiException.badRequest("Parameter wait must be all, majority or none");
    }

    static ObjectKey key(ApiRequest request, String kind, String name) throws ApiException {
        String layer = request.layer();
        try {
            return new ObjectKey(kind, name, layer);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    static String quoted(String etag) {
        return '"' + etag + '"';
    }
}
