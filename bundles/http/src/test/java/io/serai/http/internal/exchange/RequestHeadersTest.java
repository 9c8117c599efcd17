package io.serai.http.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.Test;

public class RequestHeadersTest {
    private final HttpFields.Mutable fields =
            HttpFields.build().add("X-A", "1").add("x-a", "2").add("X-B", "3");

    @Test
    public void namesAreInLowerCaseAndValuesInTheirOrder() {
        RequestHeaders headers = new RequestHeaders(fields);

        assertThat(headers.get("x-a")).containsExactly("1", "2");
        assertThat(headers).containsOnlyKeys("x-a", "x-b");
    }

    @Test
    public void keepsWhatWasCopiedBeforeTheEnd() {
        RequestHeaders headers = new RequestHeaders(fields);
        assertThat(headers.get("x-b")).isEqualTo(List.of("3"));

        headers.close();
        fields.clear().add("x-b", "of the next request");

        assertThat(headers.get("x-b")).isEqualTo(List.of("3"));
    }

    @Test
    public void neverShowsTheHeadersOfTheNextRequest() {
        RequestHeaders headers = new RequestHeaders(fields);

        headers.close();
        fields.clear().add("x-b", "of the next request");

        assertThat(headers).isEmpty();
        assertThat(headers.get("x-b")).isNull();
    }
}
