package io.serai.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Test;
import org.w3c.dom.Element;

/** Everything compiles against api; a bundle references services of lower layers only. */
public class LayersTest {
    private static final String API = "io.serai.api.";

    /** The layer of each bundle. The cli is a program of its own. */
    private static final Map<String, Integer> LAYERS = Map.ofEntries(
            Map.entry("api", 0),
            Map.entry("state", 1),
            Map.entry("identity", 2),
            Map.entry("cluster", 3),
            Map.entry("security", 4),
            // The runtime tells of the services of other nodes, so it stands above the cluster.
            Map.entry("runtime", 4),
            // Routes call services and are services, so Camel stands above the runtime.
            Map.entry("camel", 5),
            Map.entry("deployer", 5),
            // The status of an object is the verdict on its file, so objects stand above the deployer.
            Map.entry("objects", 6),
            // A secret is an object and a file that is deployed. Whoever stands lower reads one by the whiteboard
            // SecretSource.
            Map.entry("secrets", 7),
            // Credentials are objects, and every channel asks for them.
            Map.entry("access", 7),
            Map.entry("http", 8),
            Map.entry("admin", 9),
            Map.entry("shell", 9),
            Map.entry("cli", 10));

    /** Bundles that export packages of others, and why. */
    private static final Map<String, String> THIRD_PARTY_EXPORTS =
            Map.of("camel", "Camel has no OSGi headers, so its core becomes a bundle here, for adapters and routes");

    @Test
    public void everyBundleHasALayer() {
        assertThat(ProjectModule.all())
                .extracting(ProjectModule::name)
                .as("A new bundle needs a layer, in LayersTest and in the design")
                .isSubsetOf(LAYERS.keySet());
    }

    @Test
    public void noBundleUsesThePackagesOfAnotherImplementation() {
        List<String> faults = new ArrayList<>();
        for (ProjectModule module : ProjectModule.all()) {
            String own = "io.serai." + module.name() + ".";
            for (JavaClass type : module.types()) {
                type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(target -> target.getName().startsWith("io.serai.")
                                && !target.getName().startsWith(API)
                                && !target.getName().startsWith(own))
                        .map(target -> type.getName() + " uses " + target.getName())
                        .distinct()
                        .forEach(faults::add);
            }
            module.packages("Import-Package")
                    .filter(name -> name.startsWith("io.serai.") && !name.startsWith(API))
                    .map(name -> "Bundle " + module.name() + " imports package " + name)
                    .forEach(faults::add);
        }
        assertThat(faults).as("Bundles meet in io.serai.api only").isEmpty();
    }

    @Test
    public void onlyTheApiExportsPackages() {
        List<String> faults = ProjectModule.all().stream()
                .flatMap(module -> module.packages("Export-Package")
                        .filter(name -> !mayExport(module.name(), name))
                        .map(name -> "Bundle " + module.name() + " exports package " + name))
                .toList();
        assertThat(faults)
                .as("Exported types are in io.serai.api.<domain>; all else is internal")
                .isEmpty();
    }

    @Test
    public void classesAreInTheApiOrInternal() {
        List<String> faults = ProjectModule.all().stream()
                .filter(module -> !module.name().equals("api"))
                .flatMap(module -> module.sources()
                        .map(file ->
                                module.directory().relativize(file).toString().replace('\\', '/'))
                        .filter(file -> !file.startsWith("src/main/java/io/serai/" + module.name() + "/internal/"))
                        .map(file -> module.name() + ": " + file))
                .toList();
        assertThat(faults)
                .as("Outside of api, classes are in io.serai.<bundle>.internal")
                .isEmpty();
    }

    @Test
    public void servicesAreReferencedDownwardsOnly() {
        Set<String> whiteboards = whiteboards();
        Map<String, Set<String>> providers = providers();
        List<String> faults = ProjectModule.all().stream()
                .flatMap(module -> services(module, "reference")
                        .filter(service -> service.startsWith(API) && !whiteboards.contains(service))
                        .flatMap(service -> providers.getOrDefault(service, Set.of()).stream()
                                .filter(provider -> !provider.equals(module.name()))
                                .filter(provider -> layer(provider) >= layer(module.name()))
                                .map(provider -> module.name() + " (layer " + layer(module.name()) + ") references "
                                        + service + " of " + provider + " (layer " + layer(provider) + ")")))
                .toList();
        assertThat(faults)
                .as("To call upwards, declare a listener in api and let the upper bundle register it")
                .isEmpty();
    }

    private static boolean mayExport(String bundle, String exported) {
        boolean ours = exported.startsWith("io.serai.");
        return ours ? bundle.equals("api") && exported.startsWith(API) : THIRD_PARTY_EXPORTS.containsKey(bundle);
    }

    private static int layer(String bundle) {
        return LAYERS.getOrDefault(bundle, Integer.MAX_VALUE);
    }

    /** Returns the interfaces that upper bundles register and lower ones call: those of {@code @ConsumerType}. */
    private static Set<String> whiteboards() {
        JavaClasses api = new ProjectModule(ProjectModule.ROOT.resolve("bundles/api")).types();
        Set<String> names = new HashSet<>();
        api.stream()
                .filter(type -> type.isAnnotatedWith("org.osgi.annotation.versioning.ConsumerType"))
                .forEach(type -> names.add(type.getName()));
        return names;
    }

    private static Map<String, Set<String>> providers() {
        Map<String, Set<String>> providers = new HashMap<>();
        for (ProjectModule module : ProjectModule.all()) {
            services(module, "provide").forEach(service -> providers
                    .computeIfAbsent(service, key -> new HashSet<>())
                    .add(module.name()));
        }
        return providers;
    }

    /** Returns the interfaces that components of a bundle {@code reference} or {@code provide}. */
    private static Stream<String> services(ProjectModule module, String element) {
        return module.components()
                .flatMap(component -> ProjectModule.elements(component, element))
                .map((Element each) -> each.getAttribute("interface"));
    }
}
