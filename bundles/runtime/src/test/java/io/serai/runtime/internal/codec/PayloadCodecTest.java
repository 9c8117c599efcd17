package io.serai.runtime.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import io.serai.api.service.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.Test;

public class PayloadCodecTest {
    enum Color {
        RED,
        GREEN
    }

    record Line(String article, BigDecimal price, int count) {}

    record Order(String id, List<Line> lines, Optional<String> note, @Nullable Integer rank, Color color) {
        public String getLabel() {
            return "computed";
        }
    }

    record Times(Instant at, LocalDate day, OffsetDateTime offset, Duration lasts) {}

    record Checked(int percent) {
        Checked {
            if (percent > 100) {
                throw new IllegalArgumentException("percent is above 100");
            }
        }
    }

    record Query(
            String id, int limit, Optional<Integer> page, List<String> tag, Set<Color> color, @Nullable UUID trace) {}

    record Form(String title, Upload file, Optional<Upload> picture) {}

    record Change(String id, BigDecimal total, Optional<Line> line) {}

    record Tree(String name, List<Tree> children) {}

    private final JacksonPayloadCodec codec = new JacksonPayloadCodec();

    private static InputStream json(String text) {
        return new ByteArrayInputStream(text.replace('\'', '"').getBytes(UTF_8));
    }

    private @Nullable Object read(String text, Type type) {
        return codec.fromJson(json(text), type);
    }

    private String write(Object value) {
        return new String(codec.toJson(value), UTF_8).replace('"', '\'');
    }

    private ServiceException refused(String text, Type type) {
        return catchThrowableOfType(ServiceException.class, () -> read(text, type));
    }

    @Test
    public void readsRecordsAndIgnoresUnknownMembers() {
        Object order = read(
                "{'id':'a','lines':[{'article':'x','price':1.10,'count':2,'vat':7}],'color':'RED','unknown':[1]}",
                Order.class);

        assertThat(order)
                .isEqualTo(new Order(
                        "a", List.of(new Line("x", new BigDecimal("1.10"), 2)), Optional.empty(), null, Color.RED));
    }

    @Test
    public void writesComponentsOnlyAndOmitsWhatIsAbsent() {
        Order order =
                new Order("a", List.of(new Line("x", new BigDecimal("1E+3"), 2)), Optional.empty(), null, Color.RED);

        assertThat(write(order)).isEqualTo("{'id':'a','lines':[{'article':'x','price':1000,'count':2}],'color':'RED'}");
    }

    @Test
    public void writesTimesAsIso8601AndReadsThemBack() {
        Times times = new Times(
                Instant.parse("2024-05-31T12:00:00Z"),
                LocalDate.of(2024, 5, 31),
                OffsetDateTime.parse("2024-05-31T12:00:00+02:00"),
                Duration.ofMinutes(90));

        String text = write(times);

        assertThat(text)
                .isEqualTo("{'at':'2024-05-31T12:00:00Z','day':'2024-05-31','offset':'2024-05-31T12:00:00+02:00',"
                        + "'lasts':'PT1H30M'}");
        assertThat(read(text, Times.class)).isEqualTo(times);
    }

    @Test
    public void namesTheFieldThatIsMissing() {
        ServiceException e = refused("{'id':'a','lines':[{'article':'x','count':1}],'color':'RED'}", Order.class);

        assertThat(e.reason()).isEqualTo(Reason.INVALID);
        assertThat(e.field()).contains("lines[0].price");
        assertThat(e).hasMessage("Field 'lines[0].price' is missing; it must be a number");
    }

    @Test
    public void refusesNullForARequiredField() {
        ServiceException e = refused("{'id':null,'lines':[],'color':'RED'}", Order.class);

        assertThat(e.field()).contains("id");
        assertThat(e).hasMessage("Field 'id' is missing; it must be a text");
    }

    @Test
    public void saysWhatAFieldShouldHaveBeenAndIs() {
        assertThat(refused("{'article':'x','price':'abc','count':1}", Line.class))
                .hasMessage("Field 'price' must be a number, but is \"abc\"");
        assertThat(refused("{'article':5,'price':1,'count':1}", Line.class))
                .hasMessage("Field 'article' must be a text, but is 5");
        assertThat(refused("{'article':'x','price':1,'count':1.5}", Line.class))
                .hasMessage("Field 'count' must be a whole number from -2147483648 to 2147483647, but is 1.5");
        assertThat(refused("{'article':'x','price':1,'count':99999999999}", Line.class))
                .hasMessage("Field 'count' must be a whole number from -2147483648 to 2147483647, but is 99999999999");
        assertThat(refused("{'article':'x','price':1,'count':'7'}", Line.class))
                .hasMessage("Field 'count' must be a whole number from -2147483648 to 2147483647, but is \"7\"");
        assertThat(refused("{'id':'a','lines':{'b':1},'color':'RED'}", Order.class))
                .hasMessage("Field 'lines' must be an array, but is an object");
        assertThat(refused("{'id':'a','lines':[7],'color':'RED'}", Order.class))
                .hasMessage("Field 'lines[0]' must be an object, but is 7");
        assertThat(refused("{'id':'a','lines':[],'color':'BLUE'}", Order.class))
                .hasMessage("Field 'color' must be one of RED, GREEN, but is \"BLUE\"");
        assertThat(refused("{'at':'2024','day':'x','offset':'','lasts':1}", Times.class))
                .hasMessage("Field 'at' must be a time such as 2024-05-31T12:00:00Z, but is \"2024\"");
        assertThat(refused("[1]", Line.class)).hasMessage("The payload must be an object, but is an array");
        assertThat(refused("", Line.class)).hasMessage("The payload must be an object, but is empty");
        assertThat(refused("null", Line.class)).hasMessage("The payload must be an object, but is null");
    }

    @Test
    public void tellsLineAndColumnOfWhatIsNotJson() {
        assertThat(refused("{'article':'x',\n 'price' 1}", Line.class))
                .hasMessage("The payload is not valid JSON at line 2, column 10");
        assertThat(refused("{'article':'x','price':1", Line.class))
                .hasMessage("The payload is not valid JSON: it ends too early at line 1, column 25");
        assertThat(refused("{'article':'x','price':1,'count':1} x", Line.class).getMessage())
                .startsWith("The payload is not valid JSON");
    }

    @Test
    public void boundsDepthAndNumbers() {
        assertThat(refused("[".repeat(1000), Object.class).getMessage()).startsWith("The payload is more than is read");
        assertThat(refused("{'article':'x','count':1,'price':1" + "0".repeat(2000) + "}", Line.class)
                        .getMessage())
                .startsWith("The payload is more than is read");
    }

    @Test
    public void passesOnWhatTheRecordItselfRefuses() {
        ServiceException e = refused("{'percent':200}", Checked.class);

        assertThat(e.reason()).isEqualTo(Reason.INVALID);
        assertThat(e).hasMessage("The payload is not acceptable: percent is above 100");
    }

    @Test
    public void reportsAPayloadThatBreaksOff() {
        InputStream broken = new SequenceInputStream(json("{'article'"), InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        };

        ServiceException e = catchThrowableOfType(ServiceException.class, () -> codec.fromJson(broken, Line.class));

        assertThat(e.reason()).isEqualTo(Reason.INVALID);
        assertThat(e).hasMessage("The payload could not be read to its end");
    }

    @Test
    public void readsMapsListsAndNumbersWithoutLoss() {
        assertThat(read("{'a':[1,2.50,'x',null,true]}", Map.class)).hasToString("{a=[1, 2.50, x, null, true]}");
    }

    @Test
    public void makesRecordsOfTexts() {
        UUID trace = UUID.randomUUID();

        Object query = codec.fromValues(
                Map.of("id", "a", "limit", "5", "tag", "x", "color", List.of("RED", "GREEN"), "trace", "" + trace),
                Query.class);

        assertThat(query)
                .isEqualTo(new Query("a", 5, Optional.empty(), List.of("x"), Set.of(Color.RED, Color.GREEN), trace));
    }

    @Test
    public void takesAnEmptyParameterForNone() {
        Map<String, Object> values =
                new LinkedHashMap<>(Map.of("id", "", "limit", "5", "tag", List.of(), "color", "RED"));
        values.put("page", "");
        values.put("trace", "");

        assertThat(codec.fromValues(values, Query.class))
                .isEqualTo(new Query("", 5, Optional.empty(), List.of(), Set.of(Color.RED), null));
    }

    @Test
    public void namesTheParameterThatIsWrong() {
        Map<String, Object> values = new LinkedHashMap<>(Map.of("id", "a", "tag", "x", "color", "RED"));
        assertThat(catchThrowableOfType(ServiceException.class, () -> codec.fromValues(values, Query.class)))
                .hasMessage("Field 'limit' is missing; it must be a whole number from -2147483648 to 2147483647");

        values.put("limit", "abc");
        ServiceException e = catchThrowableOfType(ServiceException.class, () -> codec.fromValues(values, Query.class));
        assertThat(e).hasMessage("Field 'limit' must be a whole number from -2147483648 to 2147483647, but is \"abc\"");
        assertThat(e.field()).contains("limit");

        values.put("limit", List.of("1", "2"));
        assertThat(catchThrowableOfType(ServiceException.class, () -> codec.fromValues(values, Query.class)))
                .hasMessage("Field 'limit' must be a whole number from -2147483648 to 2147483647, but is 2 values");

        values.put("limit", "1");
        values.put("color", List.of("RED", "BLUE"));
        assertThat(catchThrowableOfType(ServiceException.class, () -> codec.fromValues(values, Query.class)))
                .hasMessage("Field 'color[1]' must be one of RED, GREEN, but is \"BLUE\"");
    }

    @Test
    public void handsUploadsOver() {
        Upload file = new Upload("a.txt", "text/plain", 1, InputStream.nullInputStream());

        Object form = codec.fromValues(Map.of("title", "t", "file", file), Form.class);

        assertThat(form).isEqualTo(new Form("t", file, Optional.empty()));
        assertThat(codec.convert(Map.of("title", "t", "file", file), Form.class))
                .isEqualTo(form);
    }

    @Test
    public void letsValuesWinOverJson() {
        Object change = codec.fromJsonAndValues(
                json("{'id':'body','total':12.30,'line':{'article':'x','price':1,'count':1}}"),
                Map.of("id", "path"),
                Change.class);

        assertThat(change)
                .isEqualTo(new Change("path", new BigDecimal("12.30"), Optional.of(new Line("x", BigDecimal.ONE, 1))));
    }

    @Test
    public void namesTheFieldOfJsonReadWithValues() {
        ServiceException e = catchThrowableOfType(
                ServiceException.class,
                () -> codec.fromJsonAndValues(
                        json("{'total':1,'line':{'article':'x','price':true,'count':1}}"),
                        Map.of("id", "path"),
                        Change.class));

        assertThat(e).hasMessage("Field 'line.price' must be a number, but is true");
        assertThat(catchThrowableOfType(
                        ServiceException.class,
                        () -> codec.fromJsonAndValues(json("{'total' 1}"), Map.of("id", "path"), Change.class)))
                .hasMessage("The payload is not valid JSON at line 1, column 10");
    }

    @Test
    public void convertsBetweenLookAlikes() {
        record Mine(String article, BigDecimal price) {}

        Object mine = codec.convert(new Line("x", new BigDecimal("1.10"), 2), Mine.class);

        assertThat(mine).isEqualTo(new Mine("x", new BigDecimal("1.10")));
        assertThat(codec.convert(Map.of("article", "x", "price", 1, "count", 2), Line.class))
                .isEqualTo(new Line("x", BigDecimal.ONE, 2));
        assertThat(codec.convert(new Line("x", BigDecimal.ONE, 2), String.class))
                .isEqualTo("{\"article\":\"x\",\"price\":1,\"count\":2}");
        assertThat(codec.convert("{\"article\":\"x\",\"price\":1,\"count\":2}", Line.class))
                .isEqualTo(new Line("x", BigDecimal.ONE, 2));
        Line same = new Line("x", BigDecimal.ONE, 2);
        assertThat(codec.convert(same, Line.class)).isSameAs(same);
    }

    @Test
    public void refusesToMakeClassesThatJsonNames() {
        record Holder(
                @com.fasterxml.jackson.annotation.JsonTypeInfo(
                                use = com.fasterxml.jackson.annotation.JsonTypeInfo.Id.CLASS)
                        Object any) {}

        assertThat(refused("{'any':{'@class':'java.util.ArrayList'}}", Holder.class))
                .isNotNull();
    }

    @Test
    public void describesTypesAsJsonSchema() {
        Map<String, Object> schema = codec.schema(Order.class);

        assertThat(write(schema))
                .isEqualTo("{'$ref':'#/$defs/PayloadCodecTest.Order','$defs':{"
                        + "'PayloadCodecTest.Line':{'type':'object','properties':{'article':{'type':'string'},"
                        + "'price':{'type':'number'},'count':{'type':'integer','format':'int32'}},"
                        + "'required':['article','price','count']},"
                        + "'PayloadCodecTest.Order':{'type':'object','properties':{'id':{'type':'string'},"
                        + "'lines':{'type':'array','items':{'$ref':'#/$defs/PayloadCodecTest.Line'}},"
                        + "'note':{'type':'string'},'rank':{'type':'integer','format':'int32'},"
                        + "'color':{'type':'string','enum':['RED','GREEN']}},"
                        + "'required':['id','lines','color']}}}");
    }

    @Test
    public void describesTypesThatContainThemselves() {
        assertThat(write(codec.schema(Tree.class)))
                .isEqualTo("{'$ref':'#/$defs/PayloadCodecTest.Tree','$defs':{'PayloadCodecTest.Tree':{'type':'object',"
                        + "'properties':{'name':{'type':'string'},'children':{'type':'array',"
                        + "'items':{'$ref':'#/$defs/PayloadCodecTest.Tree'}}},'required':['name','children']}}}");
    }

    @Test
    public void describesWhatIsNoRecordWithoutDefinitions() {
        assertThat(write(codec.schema(Instant.class))).isEqualTo("{'type':'string','format':'date-time'}");
        assertThat(write(codec.schema(OptionalInt.class))).isEqualTo("{'type':'integer','format':'int32'}");
        assertThat(write(codec.schema(Map.class))).isEqualTo("{'type':'object','additionalProperties':{}}");
    }

    @Test
    public void refusesNullsWithinListsOfRecords() {
        assertThat(refused("{'id':'a','lines':[null],'color':'RED'}", Order.class))
                .hasMessage("Field 'lines[0]' is missing; it must be an object");
    }
}
