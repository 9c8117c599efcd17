package io.serai.security.internal.ldap;

import java.lang.annotation.Annotation;
import java.util.Map;

/** A configuration whose values are the defaults, but for some. */
@SuppressWarnings({"ClassExplicitlyAnnotation", "ImmutableAnnotationChecker"})
record FixedLdapConfig(Map<String, Object> values) implements LdapConfig {
    @Override
    public String url() {
        return value("url", String.class);
    }

    @Override
    public boolean start_tls() {
        return value("start_tls", Boolean.class);
    }

    @Override
    public String trust_file() {
        return value("trust_file", String.class);
    }

    @Override
    public String bind_dn() {
        return value("bind_dn", String.class);
    }

    @Override
    public String _bind_password() {
        return value("_bind_password", String.class);
    }

    @Override
    public String user_base_dn() {
        return value("user_base_dn", String.class);
    }

    @Override
    public String user_filter() {
        return value("user_filter", String.class);
    }

    @Override
    public String user_name_attribute() {
        return value("user_name_attribute", String.class);
    }

    @Override
    public String group_base_dn() {
        return value("group_base_dn", String.class);
    }

    @Override
    public String group_filter() {
        return value("group_filter", String.class);
    }

    @Override
    public String group_name_attribute() {
        return value("group_name_attribute", String.class);
    }

    @Override
    public int group_depth_count() {
        return value("group_depth_count", Integer.class);
    }

    @Override
    public int connect_timeout_millis() {
        return value("connect_timeout_millis", Integer.class);
    }

    @Override
    public int answer_timeout_millis() {
        return value("answer_timeout_millis", Integer.class);
    }

    @Override
    public int connection_max_count() {
        return value("connection_max_count", Integer.class);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return LdapConfig.class;
    }

    private <T> T value(String key, Class<T> type) {
        try {
            return type.cast(values.getOrDefault(
                    key, LdapConfig.class.getDeclaredMethod(key).getDefaultValue()));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }
}
