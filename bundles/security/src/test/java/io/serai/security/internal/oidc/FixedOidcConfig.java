package io.serai.security.internal.oidc;

import java.lang.annotation.Annotation;
import java.util.Map;

/** A configuration whose values are the defaults, but for some. */
@SuppressWarnings({"ClassExplicitlyAnnotation", "ImmutableAnnotationChecker"})
record FixedOidcConfig(Map<String, Object> values) implements OidcConfig {
    @Override
    public String issuer() {
        return value("issuer", String.class);
    }

    @Override
    public String audience() {
        return value("audience", String.class);
    }

    @Override
    public String user_claim() {
        return value("user_claim", String.class);
    }

    @Override
    public String groups_claim() {
        return value("groups_claim", String.class);
    }

    @Override
    public int clock_skew_millis() {
        return value("clock_skew_millis", Integer.class);
    }

    @Override
    public int answer_timeout_millis() {
        return value("answer_timeout_millis", Integer.class);
    }

    @Override
    public long keys_lifetime_millis() {
        return value("keys_lifetime_millis", Long.class);
    }

    @Override
    public long keys_pause_millis() {
        return value("keys_pause_millis", Long.class);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return OidcConfig.class;
    }

    private <T> T value(String key, Class<T> type) {
        try {
            return type.cast(values.getOrDefault(
                    key, OidcConfig.class.getDeclaredMethod(key).getDefaultValue()));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }
}
