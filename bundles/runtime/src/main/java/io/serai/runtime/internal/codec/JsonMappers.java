package io.serai.runtime.internal.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** How JSON is read and written, for all types alike. */
final class JsonMappers {
    /** Deeper than any payload of use, and far from the end of the stack. */
    static final int MAX_DEPTH = 200;

    /** Texts of this length are files, and better sent as such. */
    static final int MAX_TEXT = 20_000_000;

    /** Longer than any number of use; longer ones cost time out of proportion. */
    static final int MAX_DIGITS = 1_000;

    private static final int CACHED_TYPES = 100;

    /** Sees no types of its own; copying it takes a fraction of what setting up another one takes. */
    private static final JsonMapper TEMPLATE = template();

    private JsonMappers() {}

    private static LookupCache<Object, JavaType> cache() {
        return new LRUMap<>(CACHED_TYPES, CACHED_TYPES);
    }

    /** Makes a mapper that shares no cache with others: what a mapper has seen, it keeps. */
    static JsonMapper create() {
        JsonMapper mapper = TEMPLATE.copy();
        mapper.setTypeFactory(TEMPLATE.getTypeFactory().withCache(cache()));
        return mapper;
    }

    private static JsonMapper template() {
        return JsonMapper.builder(factory())
                // Before the modules, which add to it
                .typeFactory(TypeFactory.defaultInstance().withCache(cache()))
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(new TimeModule())
                .addModule(new UploadModule())
                .annotationIntrospector(
                        AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new RequiredComponents()))
                .accessorNaming(new ComponentNaming())
                // Class names in JSON would let a sender choose which class is made; this allows none
                .polymorphicTypeValidator(
                        BasicPolymorphicTypeValidator.builder().build())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                        SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .withCoercionConfig(
                        LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_TEXT)
                        .maxNumberLength(MAX_DIGITS)
                        .build())
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
    }
}
