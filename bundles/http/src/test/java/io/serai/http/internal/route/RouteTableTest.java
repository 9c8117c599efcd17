package io.serai.http.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.Test;

public class RouteTableTest {
    private final RouteTable<String> routes = new RouteTable<>();

    @Test
    public void prefersTheMoreSpecificTemplate() {
        put("GET", "/a/b");
        put("GET", "/a/{x:int}");
        put("GET", "/a/{x:long}");
        put("GET", "/a/{x:uuid}");
        put("GET", "/a/{x}");
        put("GET", "/{x:path}");

        assertFinds("GET", "/a/b", "/a/b");
        assertFinds("GET", "/a/-12", "/a/{x:int}", "-12");
        assertFinds("GET", "/a/3000000000", "/a/{x:long}", "3000000000");
        assertFinds("GET", "/a/99999999999999999999", "/a/{x}", "99999999999999999999");
        assertFinds(
                "GET",
                "/a/123e4567-e89b-12d3-a456-426614174000",
                "/a/{x:uuid}",
                "123e4567-e89b-12d3-a456-426614174000");
        assertFinds("GET", "/a/-", "/a/{x}", "-");
        assertFinds("GET", "/a/b/c", "/{x:path}", "a/b/c");
        assertThat(routes.find("GET", "/")).isNull();
    }

    @Test
    public void comesBackFromABranchThatLeadsNowhere() {
        put("GET", "/a/b/c");
        put("GET", "/a/{x}/d");
        put("GET", "/{x}/b/{y}");

        assertFinds("GET", "/a/b/d", "/a/{x}/d", "b");
        assertFinds("GET", "/a/b/e", "/{x}/b/{y}", "a", "e");
    }

    @Test
    public void aLiteralPathDoesNotHideOtherMethodsOfAWiderOne() {
        put("PUT", "/files/index");
        put("GET", "/files/{name}");

        assertFinds("GET", "/files/index", "/files/{name}", "index");
        assertThat(routes.methods("/files/index")).containsExactly("GET", "PUT");
        assertThat(routes.methods("/elsewhere")).isEmpty();
    }

    @Test
    public void decodesSegmentsOnce() {
        put("GET", "/ä/{x}");

        assertFinds("GET", "/%C3%A4/100%25+%2525", "/ä/{x}", "100%+%25");
    }

    @Test
    public void aTrailingSlashMakesAnotherPath() {
        put("GET", "/a");
        put("GET", "/b/");
        put("GET", "/c/{x}");

        assertThat(routes.find("GET", "/a/")).isNull();
        assertThat(routes.find("GET", "/b")).isNull();
        assertThat(routes.find("GET", "/c/")).isNull();
        assertFinds("GET", "/b/", "/b/");
    }

    @Test
    public void refusesPathsThatClimbOrHideSomething() {
        put("GET", "/{x:path}");

        for (String path : new String[] {
            "/a/../b",
            "/a/./b",
            "/%2e%2e/b",
            "/a%2Fb",
            "/a%5cb",
            "/a%00b",
            "/a%0Ab",
            "/%FF",
            "/%",
            "/%2",
            "/%zz",
            "*",
            ""
        }) {
            assertThatThrownBy(() -> routes.find("GET", path)).as(path).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    public void removesWhatWasAddedAndNothingElse() {
        put("GET", "/a");
        put("GET", "/a/{x}/b");
        put("PUT", "/a/{x}/b");

        routes.remove("GET", PathTemplate.parse("/a/{y}/b"));
        routes.remove("GET", PathTemplate.parse("/a"));
        routes.remove("GET", PathTemplate.parse("/not/there"));

        assertThat(routes.find("GET", "/a/1/b")).isNull();
        assertThat(routes.find("GET", "/a")).isNull();
        assertFinds("PUT", "/a/1/b", "/a/{x}/b", "1");
    }

    @Test
    public void growsWithoutSlowingDown() {
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            put("GET", "/services/s" + i + "/{id}");
        }
        assertFinds("GET", "/services/s19999/7", "/services/s19999/{id}", "7");
        for (int i = 0; i < count; i++) {
            routes.remove("GET", PathTemplate.parse("/services/s" + i + "/{id}"));
        }
        assertThat(routes.methods("/services/s0/7")).isEmpty();
    }

    private void put(String method, String template) {
        routes.put(method, PathTemplate.parse(template), template);
    }

    private void assertFinds(String method, String path, String template, String... variables) {
        RouteMatch<String> match = Objects.requireNonNull(routes.find(method, path), path);
        assertThat(match.value()).isEqualTo(template);
        assertThat(match.variables()).containsExactly(variables);
    }
}
