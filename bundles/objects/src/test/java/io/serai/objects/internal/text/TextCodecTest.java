package io.serai.objects.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.state.Content;
import io.serai.objects.internal.Kinds;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.yaml.snakeyaml.Yaml;

public class TextCodecTest {
    private final TextCodec codec = new TextCodec(new Kinds());

    @Test
    public void readsDocumentsListsAndItems() throws Exception {
        assertThat(
                        read(
                                "kind: a\nname: x\nspec: {}\n---\n- {kind: a, name: y, spec: {}}\n---\nitems:\n- {kind: a, name: z, layer: groups/cpu, spec: {}}\n---\n"))
                .extracting(ObjectDocument::key)
                .containsExactly(ObjectKey.of("a", "x"), ObjectKey.of("a", "y"), new ObjectKey("a", "z", "groups/cpu"));
    }

    @Test
    public void readsJsonAndWhatTheApiSays() throws Exception {
        List<ObjectDocument> documents = read(
                " {\"kind\":\"a\",\"name\":\"x\",\"spec\":{\"n\":12,\"d\":1.50,\"t\":true,\"none\":null},\"status\":{},\"version\":\"1\",\"etag\":\"2\"}");

        assertThat(documents.get(0).spec()).isEqualTo(Map.of("n", 12L, "d", new BigDecimal("1.50"), "t", true));
    }

    @Test
    public void refusesWhatIsNoObjectAndSaysWhere() {
        refuses("kind: a\nname: x\nspec: {}\nspec: {}\n", "in.yaml:4:1: the text has spec twice");
        refuses("kind: a\nname: 7\nspec: {}\n", "in.yaml:2:7: name must be a text; put it in quotes");
        refuses("kind: a\nname: ../x\nspec: {}\n", "cannot be the name of an object");
        refuses("kind: A\nname: x\nspec: {}\n", "cannot be a kind");
        refuses("kind: a\nname: x\nlayer: node1\nspec: {}\n", "cannot be a layer");
        refuses("kind: a\nname: x\nspec: []\n", "in.yaml:3:7: the object must be a mapping");
        refuses("kind: a\nname: x\nspec: {a: [1, null]}\n", "empty item");
        refuses("kind: [", "is neither YAML nor JSON");
        refuses("{\"kind\": \"a\",}", "in.yaml:1:14: is neither YAML nor JSON");
        refuses("plain", "must be a mapping");
    }

    @Test
    public void refusesWhatWouldGrowOrNameAClass() {
        refuses("kind: a\nname: x\nspec: {a: &b [x], c: *b}\n", "has an alias");
        refuses("kind: a\nname: x\nspec: !!java.net.URL [http://localhost]\n", "has a tag");
        refuses("kind: a\nname: x\nspec: {a: " + "[".repeat(60) + "]".repeat(60) + "}\n", "is neither YAML nor JSON");
        refuses("{\"a\":" + "[".repeat(60) + "]".repeat(60) + "}", "is neither YAML nor JSON");
    }

    @Test
    public void writesWhatAnyReaderReadsAsItWas() throws Exception {
        Map<String, Object> spec = new LinkedHashMap<>();
        List<String> texts = List.of(
                "",
                " ",
                "yes",
                "No",
                "null",
                "~",
                "true",
                "12",
                "0x1F",
                "1_000",
                "1e3",
                "0o7",
                "010",
                ".inf",
                "2001-01-01",
                "12:30:45",
                "a: b",
                "a #b",
                "#a",
                "- a",
                "? a",
                "@a",
                "`a",
                "%a",
                "&a",
                "*a",
                "!a",
                "|",
                ">",
                "'",
                "\"",
                "{a}",
                "[a]",
                "a,b",
                "two\nlines",
                "ends\n",
                " leading",
                "trailing ",
                "tab\there",
                "back\\slash",
                "\u00e4\u20ac\ud83d\ude00",
                "/orders/{id}",
                "GET",
                "=",
                "<<",
                "\u0000",
                "\u2028",
                "orders.get",
                "x".repeat(300));
        spec.put("texts", texts);
        texts.forEach(text -> spec.put("key " + text, text));
        spec.put("numbers", List.of(1L, -5L, new BigDecimal("1.50"), Long.MAX_VALUE));
        spec.put("deep", Map.of("map", Map.of("list", List.of(Map.of("a", true)))));
        ObjectDocument document = new ObjectDocument(new ObjectKey("a", "x y", "nodes/node1"), spec);

        byte[] written = codec.yaml(List.of(document, document));

        List<ObjectDocument> read = codec.read("in.yaml", Content.of(written));
        assertThat(read).hasSize(2).allSatisfy(one -> {
            assertThat(one.key()).isEqualTo(document.key());
            assertThat(one.spec()).isEqualTo(spec);
        });
        Iterable<Object> byAnother = new Yaml().loadAll(new String(written, StandardCharsets.UTF_8));
        assertThat(byAnother.iterator().next())
                .extracting("spec")
                .extracting("texts")
                .isEqualTo(texts);
    }

    private List<ObjectDocument> read(String text) throws ObjectException {
        return codec.read("in.yaml", Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void refuses(String text, String words) {
        assertThatExceptionOfType(ObjectException.class)
                .as(text)
                .isThrownBy(() -> read(text))
                .withMessageContaining(words);
    }
}
