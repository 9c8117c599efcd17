package io.serai.admin.internal.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Bodies that are JSON objects. */
final class JsonBody {
    private static final int MAX_BYTES = 10 * 1024 * 1024;
    private static final int MAX_DEPTH = 50;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private JsonBody() {}

    /** Reads one; a request without body has an empty one. */
    static Map<String, Object> read(ApiRequest request) throws ApiException {
        byte[] body = request.body(MAX_BYTES);
        if (body.length == 0) {
            return Map.of();
        }
        request.requireType(Set.of("application/json"));
        try {
            Map<String, Object> object = JSON.readValue(body, new TypeReference<Map<String, Object>>() {});
            if (object != null) {
                return object;
            }
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            String problem = e.getOriginalMessage().lines().findFirst().orElse("");
            throw ApiException.badRequest("The body is not a JSON object" + where + ": " + problem);
        } catch (IOException e) {
            throw ApiRequest.incomplete(e);
        }
        throw ApiException.badRequest("The body must be a JSON object");
    }
}
