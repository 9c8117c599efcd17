package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.StatePath;
import org.junit.Test;

public class TreeLayoutTest {
    @Test
    public void knowsEveryPlaceOfTheTreeInEveryLayer() {
        for (String layer : new String[] {"", "groups/cpu/", "nodes/node1/"}) {
            for (String path : new String[] {
                "deploy/a.jar",
                "deploy/in/b.jar",
                "config/io.serai.http.cfg",
                "objects/rest-channel/orders.yaml",
                "features.yaml"
            }) {
                assertThat(TreeLayout.problem(new StatePath(layer + path)))
                        .as(layer + path)
                        .isEmpty();
                assertThat(TreeLayout.relative(new StatePath(layer + path))).isEqualTo(new StatePath(path));
            }
        }
    }

    @Test
    public void hasOnePlaceForWhatNodesResolved() {
        String list = "resolved/" + "a".repeat(40) + ".yaml";
        String content = "resolved/contents/" + "0".repeat(64);
        for (String path : new String[] {list, content}) {
            assertThat(TreeLayout.problem(new StatePath(path))).as(path).isEmpty();
            assertThat(TreeLayout.relative(new StatePath(path))).isEqualTo(new StatePath(path));
        }
        for (String path :
                new String[] {"groups/cpu/" + list, "resolved/a.yaml", "resolved/contents/a", content + "/a"}) {
            assertThat(TreeLayout.problem(new StatePath(path))).as(path).isPresent();
        }
    }

    @Test
    public void refusesEveryOtherPlaceAndListsWhatIsAllowed() {
        for (String path : new String[] {
            "deploy",
            "readme.md",
            "Deploy/a.jar",
            "config/a.txt",
            "config/.cfg",
            "config/x/a.cfg",
            "objects/a.yaml",
            "objects/Kind/a.yaml",
            "objects/job/a.json",
            "features.yaml/x",
            "groups/cpu",
            "groups/deploy/a.jar",
            "groups/c u/deploy/a.jar",
            "groups/cpu/groups/net/deploy/a.jar",
            "nodes/node1/nodes/node1/features.yaml"
        }) {
            assertThat(TreeLayout.problem(new StatePath(path))).as(path).hasValueSatisfying(problem -> assertThat(
                            problem)
                    .contains(
                            "deploy/<file>",
                            "config/<pid>.cfg",
                            "objects/<kind>/<name>.yaml",
                            "features.yaml",
                            "groups/<group>/",
                            "nodes/<node>/"));
        }
    }

    @Test
    public void refusesNameThatWouldNotComeBackFromTheDisk() {
        assertThat(TreeLayout.problem(new StatePath("deploy/a\ud800.jar")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("cannot be stored"));
    }
}
