package io.serai.deployer.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.secret.SecretException;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.TestFramework;
import io.serai.deployer.internal.folder.BlobIds;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.cm.PersistenceManager;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

public class ConfigurationHandlerTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private File etc;
    private TestFramework framework;
    private ServiceReference<ConfigurationAdmin> reference;
    private ConfigurationAdmin admin;
    private ConfigurationHandler handler;

    @Before
    public void start() throws Exception {
        etc = temporary.newFolder("etc");
        framework = new TestFramework(temporary.newFolder("cache"), PersistenceManager.class);
        reference = framework.context().getServiceReference(ConfigurationAdmin.class);
        admin = framework.context().getService(reference);
        handler = handler();
    }

    private ConfigurationHandler handler() {
        return new ConfigurationHandler(admin, Map.of("node", "node1")::get, Optional.of(etc.toPath()));
    }

    @After
    public void stop() throws Exception {
        framework.close();
    }

    private static Artifact artifact(String path, String text) throws IOException {
        Content content = Content.of(text.getBytes(StandardCharsets.UTF_8));
        return new Artifact(new StatePath(path), BlobIds.of(content), content);
    }

    private Map<String, Object> values(String pid) throws Exception {
        Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
        return found == null ? Map.of() : FrameworkUtil.asMap(found[0].getProperties());
    }

    @Test
    public void appliesValuesWithVariablesReplaced() throws Exception {
        String serves = handler.apply(
                artifact("config/com.acme.cfg", "# a comment\nname = ${node}\npath=${unknown}/x\nümlaut = ß\n"));

        assertThat(serves).isEqualTo("configuration com.acme");
        assertThat(values("com.acme"))
                .containsEntry("name", "node1")
                .containsEntry("path", "${unknown}/x")
                .containsEntry("ümlaut", "ß");
    }

    @Test
    public void makesInstancesOfFactories() throws Exception {
        handler.apply(artifact("deploy/com.acme.pool~a.cfg", "size=1"));
        handler.apply(artifact("deploy/com.acme.pool-b.cfg", "size=2"));

        assertThat(values("com.acme.pool~a")).containsEntry("size", "1");
        assertThat(values("com.acme.pool~b"))
                .containsEntry("size", "2")
                .containsEntry("service.factoryPid", "com.acme.pool");
    }

    @Test
    public void removesAConfigurationAndBringsTheNodesOwnBack() throws Exception {
        Files.writeString(etc.toPath().resolve("own.cfg"), "x=etc");
        handler.apply(artifact("config/own.cfg", "x=state"));
        handler.apply(artifact("config/other.cfg", "x=state"));

        handler.remove(new StatePath("config/own.cfg"));
        handler.remove(new StatePath("config/other.cfg"));

        assertThat(values("own")).containsEntry("x", "etc");
        assertThat(values("other")).isEmpty();
    }

    @Test
    public void leavesPlacesOfSecretsToThoseWhoFillThemAndWaitsForTheirValues() throws Exception {
        Artifact file = artifact("config/db.cfg", "url = jdbc:${secret:user}@${node}");
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> handler.apply(file))
                .withMessageContaining("uses secrets, which this node does not have yet");
        handler.secrets = name -> {
            throw new SecretException(SecretException.Reason.ABSENT, "There is no secret " + name, null);
        };
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> handler.apply(file))
                .withMessageContaining("config/db.cfg uses secret user. There is no secret user")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNSATISFIED));
        assertThat(values("db")).isEmpty();

        handler.secrets = name -> "canary".toCharArray();
        handler.apply(file);

        assertThat(values("db")).containsEntry("url", "jdbc:${secret:user}@node1");
    }

    @Test
    public void theSecondFileForOnePidIsAConflict() throws Exception {
        handler.apply(artifact("config/a.cfg", "x=1"));

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> handler.apply(artifact("deploy/a.cfg", "x=2")))
                .withMessageContaining("config/a.cfg does so already")
                .extracting(DeploymentException::reason)
                .isEqualTo(Reason.CONFLICT);
        assertThat(values("a")).containsEntry("x", "1");
    }

    @Test
    public void refusesNamesAndContentThatAreNoConfiguration() {
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> handler.apply(artifact("config/a b.cfg", "x=1")))
                .withMessageContaining("<pid>.cfg");
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> handler.apply(artifact("config/a.cfg", "x=\\u12")))
                .withMessageContaining("config/a.cfg is not a properties file");
    }

    @Test
    public void setsBackWhatIsChangedOnTheNode() throws Exception {
        handler.apply(artifact("config/a.cfg", "x=1"));
        admin.getConfiguration("a", "?").update(FrameworkUtil.asDictionary(Map.of("x", "changed")));

        handler.configurationEvent(new ConfigurationEvent(reference, ConfigurationEvent.CM_UPDATED, null, "a"));

        assertThat(values("a")).containsEntry("x", "1");
    }

    @Test
    public void removesWhatAnEarlierRunConfiguredAndTheStateHasNoMore() throws Exception {
        handler.apply(artifact("config/a.cfg", "x=1"));
        handler.apply(artifact("config/b.cfg", "x=1"));
        ConfigurationHandler later = handler();
        later.apply(artifact("config/a.cfg", "x=1"));

        later.cleanUp();

        assertThat(values("a")).isNotEmpty();
        assertThat(values("b")).isEmpty();
    }
}
