package io.serai.http.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;

public class PathTemplateTest {
    @Test
    public void readsVariablesAndTheirTypes() {
        PathTemplate template = PathTemplate.parse("/orders/{id:int}/files/{rest:path}");

        assertThat(template.variables()).containsExactly("id", "rest");
        assertThat(template.shape()).isEqualTo("/orders/{int}/files/{path}");
        assertThat(template.openApiPath()).isEqualTo("/orders/{id}/files/{rest}");
    }

    @Test
    public void templatesThatDifferInNamesOnlyHaveOneShape() {
        assertThat(PathTemplate.parse("/a/{x}").shape())
                .isEqualTo(PathTemplate.parse("/a/{y:string}").shape());
        assertThat(PathTemplate.parse("/a/{x}").shape())
                .isNotEqualTo(PathTemplate.parse("/a/{x}/").shape());
    }

    @Test
    public void refusesWhatIsNoTemplateAndSaysWhy() {
        refuses("orders", "must start with /");
        refuses("/a//b", "empty segment");
        refuses("/a/../b", "'..'");
        refuses("/a/{x:date}", "unknown type");
        refuses("/a/{x}/{x}", "twice");
        refuses("/a/{x:path}/b", "put it last");
        refuses("/a/x{y}", "whole segment");
        refuses("/a/{x}y", "whole segment");
        refuses("/a/{1x}", "record component");
        refuses("/a?b", "not allowed");
        refuses("/a b", "not allowed");
    }

    private static void refuses(String template, String reason) {
        assertThatThrownBy(() -> PathTemplate.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
