package io.serai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.api.service.Upload;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

public class OpenApiTest {
    @ClassRule
    public static final TestServer SERVER = new TestServer();

    record Order(int id, String item, Optional<Integer> count) {}

    record Form(String title, Upload file) {}

    @Before
    public void serve() {
        SERVER.serve("GET /orders/{id:int}", Order.class, Order.class, call -> call.input());
        SERVER.serve("PUT /orders/{key:int}", Order.class, Void.class, call -> null);
        SERVER.serve("GET /orders/{name}", Order.class, Order.class, call -> call.input());
        SERVER.serve("POST /files/{rest:path}", InputStream.class, String.class, call -> "");
        SERVER.serve("POST /forms", Form.class, byte[].class, call -> new byte[0]);
    }

    @Test
    public void describesChannels() throws Exception {
        JsonNode document = document();

        JsonNode get = document.at("/paths/~1orders~1{id}/get");
        assertThat(get.at("/operationId").asText()).isEqualTo("get.orders.id.int..get");
        assertThat(get.at("/description").asText()).isEqualTo("Serves GET /orders/{id:int}");
        assertThat(get.at("/parameters/0").toString())
                .isEqualTo("{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"}}");
        assertThat(get.at("/parameters/1/name").asText()).isEqualTo("item");
        assertThat(get.at("/parameters/2/required").asBoolean()).isFalse();
        String answer =
                get.at("/responses/200/content/application~1json/schema/$ref").asText();
        assertThat(document.at(answer.substring(1)).at("/type").asText()).isEqualTo("object");
        assertThat(get.at("/responses/default/content/application~1problem+json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Problem");

        JsonNode put = document.at("/paths/~1orders~1{id}/put");
        assertThat(put.at("/parameters/0/name").asText()).isEqualTo("id");
        assertThat(put.at("/requestBody/content/application~1json/schema/required")
                        .toString())
                .isEqualTo("[\"id\",\"item\"]");
        assertThat(put.at("/responses").has("204")).isTrue();
        assertThat(document.at("/paths/~1forms/post/requestBody/content").has("multipart/form-data"))
                .isTrue();
    }

    @Test
    public void isAValidDocument() throws Exception {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result =
                new OpenAPIV3Parser().readContents(SERVER.get("/openapi.json").body(), null, options);

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getPaths()).containsOnlyKeys("/orders/{id}", "/files/{rest}", "/forms");
    }

    @Test
    public void followsTheChannels() throws Exception {
        assertThat(document().at("/paths/~1later").isMissingNode()).isTrue();
        SERVER.serve("GET /later", Void.class, String.class, call -> "");
        assertThat(document().at("/paths/~1later").isMissingNode()).isFalse();
        SERVER.withdraw("GET /later");
        assertThat(document().at("/paths/~1later").isMissingNode()).isTrue();
    }

    private static JsonNode document() throws Exception {
        HttpResponse<String> answer = SERVER.get("/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
