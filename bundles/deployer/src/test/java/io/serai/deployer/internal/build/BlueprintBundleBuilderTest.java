package io.serai.deployer.internal.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.ClassRule;
import org.junit.Test;
import org.osgi.framework.Bundle;

public class BlueprintBundleBuilderTest {
    private static final String BLUEPRINT =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <blueprint xmlns="http://www.osgi.org/xmlns/blueprint/v1.0.0" xmlns:x="urn:x">
              <bean id="a" class="com.acme.Orders$Store">
                <argument type="int" value="1"/>
                <argument type="com.acme.money.Amount[]" value="1"/>
                <property name="m"><map key-type="java.lang.String" value-type="com.acme.map.Value"/></property>
              </bean>
              <bean id="b" class="${late.bound.Name}"/>
              <x:bean class="com.acme.foreign.Name"/>
              <reference id="r" interface="javax.sql.DataSource"/>
              <service ref="a"><interfaces><value>com.acme.api.Orders</value><value>Local</value></interfaces>
                <service-properties><entry key="k"><value>not.a.Type</value></entry></service-properties></service>
            </blueprint>
            """;

    @ClassRule
    public static final EmbeddedFramework FRAMEWORK = new EmbeddedFramework();

    private final BlueprintBundleBuilder builder = new BlueprintBundleBuilder();

    @Test
    public void importsThePackagesOfTheTypesItNames() throws Exception {
        BuiltBundle built =
                builder.build(new Artifact(path("my orders.xml"), new BlobId("0".repeat(40)), content(BLUEPRINT)));

        Bundle bundle = FRAMEWORK.install(built.jar());
        assertThat(bundle.getSymbolicName()).isEqualTo("serai.blueprint.my_orders");
        assertThat(bundle.getHeaders().get("Import-Package"))
                .isEqualTo("com.acme,com.acme.api,com.acme.map,com.acme.money,javax.sql");
        assertThat(bundle.getHeaders().get("DynamicImport-Package")).isEqualTo("*");
        try (InputStream in =
                bundle.getEntry("OSGI-INF/blueprint/my orders.xml").openStream()) {
            assertThat(in).hasContent(BLUEPRINT);
        }
    }

    @Test
    public void saysWhereItIsNotWellFormed() {
        String broken = BLUEPRINT.replace("</map>", "").replace("</bean>", "</bear>");

        assertThat(refusal(broken)).hasMessageStartingWith("a.xml:7:").hasMessageContaining("bean");
    }

    @Test
    public void refusesOtherXml() {
        assertThat(refusal("<features/>")).hasMessageContaining("a.xml is a feature repository");
        assertThat(refusal("<!DOCTYPE blueprint><blueprint/>")).hasMessageContaining("document type");
    }

    @Test
    public void leavesCamelRoutesToOthers() {
        assertThat(builder.handles(path("a.xml"))).isTrue();
        assertThat(builder.handles(path("a.camel.xml"))).isFalse();
    }

    private DeploymentException refusal(String xml) {
        DeploymentException refusal =
                catchThrowableOfType(DeploymentException.class, () -> builder.check(path("a.xml"), content(xml)));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        return refusal;
    }

    private static StatePath path(String name) {
        return StatePath.of("deploy", name);
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
