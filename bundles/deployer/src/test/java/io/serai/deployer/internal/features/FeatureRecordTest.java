package io.serai.deployer.internal.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FeatureRecordTest {
    private static final StatePath PATH = new StatePath("deploy/acme.xml");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void remembersAcrossRestartsAndForgetsWhatIsLetGo() throws IOException {
        Path file = folder.getRoot().toPath().resolve("held.json");
        FeatureList list = new FeatureList(List.of("file:/acme.xml"), List.of("acme/1.0.0"));

        new FeatureRecord(file).put(PATH, list);
        assertThat(new FeatureRecord(file).get(PATH)).isEqualTo(list);

        new FeatureRecord(file).put(PATH, FeatureList.EMPTY);
        assertThat(new FeatureRecord(file).all()).isEmpty();
    }
}
