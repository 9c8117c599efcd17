package io.serai.http.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.Test;

public class MediaTypesTest {
    @Test
    public void theMostSpecificRangeSaysWhetherJsonIsTaken() {
        assertThat(accepts()).isTrue();
        assertThat(accepts("")).isTrue();
        assertThat(accepts("application/json")).isTrue();
        assertThat(accepts("text/html, Application/JSON;q=0.1")).isTrue();
        assertThat(accepts("text/html;level=1, */*;q=0.1")).isTrue();
        assertThat(accepts("text/html", "application/*")).isTrue();
        assertThat(accepts("text/html")).isFalse();
        assertThat(accepts("application/json;q=0, */*")).isFalse();
        assertThat(accepts("application/*;q=0.0, */*")).isFalse();
        assertThat(accepts("*/*;q=0, application/json;q=0.5")).isTrue();
        assertThat(accepts("application/json;q=high")).isFalse();
    }

    @Test
    public void knowsTypesWhateverTheirCaseAndParameters() {
        assertThat(MediaTypes.base("Application/JSON ; charset=utf-8")).isEqualTo("application/json");
        assertThat(MediaTypes.isJson("application/vnd.acme+json")).isTrue();
        assertThat(MediaTypes.isAmong("text/csv", List.of("application/xml", "text/*")))
                .isTrue();
        assertThat(MediaTypes.isAmong("text/csv", List.of("application/xml"))).isFalse();
        assertThat(MediaTypes.isAmong("text/csv", List.of("*/*"))).isTrue();
    }

    @Test
    public void readsTheCharset() {
        assertThat(MediaTypes.charset(null)).isEqualTo(StandardCharsets.UTF_8);
        assertThat(MediaTypes.charset("text/plain;charset=\"iso-8859-1\"")).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> MediaTypes.charset("text/plain;charset=%%%")).isInstanceOf(ProblemException.class);
    }

    private static boolean accepts(String... values) {
        HttpFields.Mutable headers = HttpFields.build();
        for (String value : values) {
            headers.add(HttpHeader.ACCEPT, value);
        }
        return MediaTypes.acceptsJson(headers);
    }
}
