package io.serai.deployer.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.StatePath;
import org.junit.Test;

public class FileNamesTest {
    @Test
    public void putsFilesBelowDeployAndTheListOfFeaturesWhereItBelongs() {
        assertThat(FileNames.path("orders.jar")).contains(new StatePath("deploy/orders.jar"));
        assertThat(FileNames.path("features.yaml")).contains(new StatePath("features.yaml"));
    }

    @Test
    public void leavesOutWhatIsUnfinished() {
        for (String name :
                new String[] {".orders.jar.x1Y2z3", "orders.jar.part", "Hello.java~", "#Hello.java#", "4913"}) {
            assertThat(FileNames.path(name)).as(name).isEmpty();
        }
    }
}
