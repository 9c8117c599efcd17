package io.serai.deployer.internal.features;

import static io.serai.deployer.internal.features.KarafModel.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.StatePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Conditional;
import org.apache.karaf.features.ConfigFileInfo;
import org.apache.karaf.features.ConfigInfo;
import org.apache.karaf.features.Dependency;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.Library;
import org.junit.Test;

/** What must be fetched on the node that has the network, or it is missing on those that have none. */
public class FeatureClosureTest {
    private static final StatePath LIST = new StatePath("features.yaml");

    private final List<Feature> known = new ArrayList<>();

    private void feature(String name, String version, Map<String, Object> has) {
        known.add(answering(
                Feature.class, has, Map.of("getName", name, "getVersion", version, "getId", name + "/" + version)));
    }

    private static BundleInfo bundle(String uri) {
        return answering(BundleInfo.class, Map.of("getLocation", uri));
    }

    private static Dependency dependency(String name, String versions) {
        return answering(Dependency.class, Map.of("getName", name, "getVersion", versions));
    }

    private Collection<String> uris(String... features) throws DeploymentException {
        return new FeatureClosure(KarafModel.service(known)).uris(LIST, List.of(features));
    }

    @Test
    public void takesEverythingThatAFeatureIsMadeOf() throws DeploymentException {
        feature(
                "mail",
                "1.0.0",
                Map.of(
                        "getBundles",
                        List.of(bundle("mvn:acme/mail/1.0")),
                        "getConfigurations",
                        List.of(
                                answering(
                                        ConfigInfo.class,
                                        Map.of("isExternal", true, "getValue", " http://acme/mail.cfg\n")),
                                answering(ConfigInfo.class, Map.of("isExternal", false, "getValue", "port = 25"))),
                        "getConfigurationFiles",
                        List.of(answering(ConfigFileInfo.class, Map.of("getLocation", " mvn:acme/mail/1.0/cfg "))),
                        "getLibraries",
                        List.of(answering(Library.class, Map.of("getLocation", "mvn:acme/native/1.0")))));

        assertThat(uris("mail"))
                .containsExactlyInAnyOrder(
                        "mvn:acme/mail/1.0", "http://acme/mail.cfg", "mvn:acme/mail/1.0/cfg", "mvn:acme/native/1.0");
    }

    @Test
    public void takesWhatADependencyMayBringInAnyVersionThatFits() throws DeploymentException {
        feature("shop", "1.0.0", Map.of("getDependencies", List.of(dependency("mail", "[1.0,2)"))));
        feature("mail", "1.0.0", Map.of("getBundles", List.of(bundle("mail-1.0"))));
        feature("mail", "1.4-beta_2", Map.of("getBundles", List.of(bundle("mail-1.4"))));
        feature("mail", "2.0.0", Map.of("getBundles", List.of(bundle("mail-2.0"))));

        assertThat(uris("shop")).containsExactlyInAnyOrder("mail-1.0", "mail-1.4");
    }

    @Test
    public void takesWhatBelongsToAConditionThatMayComeTrue() throws DeploymentException {
        Conditional conditional = answering(
                Conditional.class,
                Map.of(
                        "getBundles", List.of(bundle("web-1.0")),
                        "getDependencies", List.of(dependency("mail", "0.0.0"))));
        feature("shop", "1.0.0", Map.of("getConditional", List.of(conditional)));
        feature("mail", "1.0.0", Map.of("getBundles", List.of(bundle("mail-1.0"))));

        assertThat(uris("shop")).containsExactlyInAnyOrder("web-1.0", "mail-1.0");
    }

    @Test
    public void comesToAnEndWhenFeaturesNeedEachOther() throws DeploymentException {
        feature(
                "hen",
                "1.0.0",
                Map.of("getBundles", List.of(bundle("hen")), "getDependencies", List.of(dependency("egg", "0.0.0"))));
        feature(
                "egg",
                "1.0.0",
                Map.of("getBundles", List.of(bundle("egg")), "getDependencies", List.of(dependency("hen", "0.0.0"))));

        assertThat(uris("hen")).containsExactlyInAnyOrder("hen", "egg");
    }

    @Test
    public void leavesOutWhatTheOperatorHasForbidden() throws DeploymentException {
        BundleInfo forbidden = answering(BundleInfo.class, Map.of("getLocation", "bad", "isBlacklisted", true));
        feature("shop", "1.0.0", Map.of("getBundles", List.of(bundle("shop"), forbidden)));
        feature("evil", "1.0.0", Map.of("getBundles", List.of(bundle("evil")), "isBlacklisted", true));

        assertThat(uris("shop", "evil")).containsExactly("shop");
    }

    @Test
    public void saysForWhichArtifactTheFeaturesCannotBeLookedFor() {
        assertThatThrownBy(() -> new FeatureClosure(KarafModel.failing("no space left")).uris(LIST, List.of("shop")))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("features.yaml")
                .hasMessageContaining("no space left");
    }
}
