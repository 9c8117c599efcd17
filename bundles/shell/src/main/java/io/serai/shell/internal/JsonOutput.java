package io.serai.shell.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.serai.api.deploy.Verdict;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceStatistics;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.PathDifference;
import io.serai.api.state.Revision;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shapes that {@code --json} prints. Scripts rely on them: README.md lists every field. */
public final class JsonOutput {
    /** Reads and writes JSON. */
    public static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final double NANOS_PER_MILLI = 1e6;

    private JsonOutput() {}

    /** Prints a value. */
    public static void print(PrintStream out, Object value) throws JsonProcessingException {
        out.println(MAPPER.writeValueAsString(value));
    }

    static Map<String, @Nullable Object> service(ServiceDescriptor service, Optional<ServiceStatistics> statistics) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", service.name());
        json.put("description", service.description());
        json.put("rest", service.rest());
        json.put("workload", service.workload().name());
        json.put("timeoutMillis", service.timeout().toMillis());
        json.put("input", service.input().getTypeName());
        json.put("output", service.output().getTypeName());
        json.put("owner", service.owner());
        json.put("bundleId", service.bundleId());
        json.put("className", service.className());
        json.put("statistics", statistics.map(JsonOutput::statistics).orElse(null));
        return json;
    }

    static Map<String, @Nullable Object> verdict(Verdict verdict) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("path", verdict.path().value());
        json.put("state", verdict.state().name());
        json.put("message", verdict.message());
        json.put("detail", verdict.detail());
        json.put("wanted", verdict.wanted().map(BlobId::value).orElse(null));
        json.put("serving", verdict.serving().map(BlobId::value).orElse(null));
        json.put("since", verdict.time().toString());
        return json;
    }

    static Map<String, @Nullable Object> revision(Revision revision) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("commit", revision.commit().value());
        json.put("parents", revision.parents().stream().map(CommitId::value).toList());
        json.put("author", revision.author().name());
        json.put("face", revision.author().face());
        json.put("time", revision.time().toString());
        json.put("message", revision.message());
        return json;
    }

    static Map<String, @Nullable Object> difference(PathDifference difference) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("path", difference.path().value());
        json.put("change", Wording.change(difference));
        json.put("before", difference.before().map(BlobId::value).orElse(null));
        json.put("after", difference.after().map(BlobId::value).orElse(null));
        return json;
    }

    static Map<String, @Nullable Object> statistics(ServiceStatistics statistics) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("calls", statistics.calls());
        json.put("errors", statistics.errors());
        json.put("active", statistics.active());
        json.put("meanMillis", millis(statistics.mean()));
        json.put("p50Millis", millis(statistics.p50()));
        json.put("p95Millis", millis(statistics.p95()));
        json.put("p99Millis", millis(statistics.p99()));
        json.put("maxMillis", millis(statistics.max()));
        json.put("lastError", statistics.lastError().map(JsonOutput::error).orElse(null));
        json.put("slowest", statistics.slowest().stream().map(JsonOutput::slow).toList());
        return json;
    }

    private static Map<String, Object> error(ServiceStatistics.CallError error) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", error.at().toString());
        json.put("correlationId", error.correlationId());
        json.put("message", error.message());
        return json;
    }

    private static Map<String, Object> slow(ServiceStatistics.SlowCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", call.at().toString());
        json.put("correlationId", call.correlationId());
        json.put("millis", millis(call.duration()));
        return json;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }
}
