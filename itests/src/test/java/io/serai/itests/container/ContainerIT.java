package io.serai.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import javax.inject.Inject;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.karaf.options.LogLevelOption;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The assembled distribution, seen from inside. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ContainerIT {
    @Inject
    private BundleContext context;

    @Inject
    private FeaturesService features;

    @Configuration
    public Option[] distribution() throws IOException {
        File folder = new File("target/container");
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(new File(System.getProperty("serai.archive"))
                            .toURI()
                            .toString())
                    .name("Serai")
                    .unpackDirectory(folder),
            configureConsole().ignoreLocalConsole(),
            // Pax Exam stops the container through this port.
            editConfigurationFilePut("etc/custom.properties", "karaf.shutdown.port", "0"),
            logLevel(LogLevelOption.LogLevel.WARN),
            systemProperty("serai.node").value("node1"),
            systemProperty("serai.groups").value(""),
            systemProperty("serai.node.dir").value(folder.getAbsolutePath() + "/node1"),
            systemProperty("serai.http.port").value(freePort()),
            systemProperty("serai.shell.port").value(freePort()),
            systemProperty("serai.admin.port").value(freePort()),
            systemProperty("serai.cluster.port").value(freePort())
        };
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    @Test
    public void allBundlesOfSeraiAreActive() {
        assertOurBundlesAreActive("serai");
    }

    @Test
    public void eachFeatureStartsAlone() throws Exception {
        EnumSet<FeaturesService.Option> quietly = EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles);
        List<String> ours = Arrays.stream(features.listFeatures())
                .filter(feature -> !feature.isHidden())
                .map(Feature::getName)
                .filter(name -> name.startsWith("serai"))
                .toList();
        features.uninstallFeature("serai", quietly);
        for (String name : ours) {
            features.installFeature(name, quietly);
            assertOurBundlesAreActive(name);
            features.uninstallFeature(name, quietly);
        }
    }

    private void assertOurBundlesAreActive(String feature) {
        List<Bundle> ours = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("io.serai."))
                .toList();
        assertFalse(feature + " has bundles", ours.isEmpty());
        assertEquals(
                feature,
                List.of(),
                ours.stream()
                        .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                        .toList());
    }
}
