package io.serai.deployer.internal.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class ResolverWordsTest {
    private static final String ROOT = "Unable to resolve root: missing requirement [root] osgi.identity;"
            + " osgi.identity=shop; type=karaf.feature; version=\"[1.0.0,1.0.0]\" [caused by: Unable to resolve ";

    @Test
    public void namesTheInnermostFeatureThatIsMissing() {
        String words = ROOT + "shop/1.0.0: missing requirement [shop/1.0.0] osgi.identity; osgi.identity=mail;"
                + " type=karaf.feature]";
        assertThat(ResolverWords.plain(words))
                .startsWith("shop/1.0.0 needs feature mail, which is in no known repository");
    }

    @Test
    public void namesThePackageThatIsMissing() {
        String words = ROOT + "shop/1.0.0: missing requirement [shop/1.0.0] osgi.identity; osgi.identity=acme.shop;"
                + " type=osgi.bundle [caused by: Unable to resolve acme.shop/1.0.0: missing requirement [acme.shop/1.0.0]"
                + " osgi.wiring.package; filter:=\"(&(osgi.wiring.package=acme.money)(version>=1.2.0)(!(version>=2.0.0)))\"]]";
        assertThat(ResolverWords.plain(words))
                .startsWith("acme.shop/1.0.0 needs package acme.money from version 1.2.0, which no bundle exports");
    }

    @Test
    public void takesTheFirstOfSeveralErrors() {
        assertThat(ResolverWords.plain("Error:\n\tError downloading mvn:a/b/1"))
                .isEqualTo("Error downloading mvn:a/b/1");
        assertThat(ResolverWords.plain("/nowhere (No such file)")).isEqualTo("/nowhere (No such file)");
    }
}
