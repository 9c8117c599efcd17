package io.serai.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What each module ships besides its code. */
public class ModuleTest {
    private static final Path CONFIGURATION = ProjectModule.ROOT.resolve("karaf-config/etc");

    @Test
    public void directoryArtifactAndSymbolicNameAgree() {
        assertEach("io.serai.<directory> is artifactId and symbolic name", module -> {
            String name = "io.serai." + module.name();
            String symbolicName = String.valueOf(
                            module.manifest().getMainAttributes().getValue("Bundle-SymbolicName"))
                    .replaceFirst(";.*", "");
            return Stream.of(child(module.pom(), "artifactId"), symbolicName).filter(each -> !each.equals(name));
        });
    }

    @Test
    public void everyDescriptionIsOneSentence() {
        assertEach("A bundle has one reason to exist, its description in one sentence", module -> {
            String description = child(module.pom(), "description").strip();
            boolean sentence = description.endsWith(".") && !description.contains(". ");
            return sentence ? Stream.empty() : Stream.of("'" + description + "'");
        });
    }

    @Test
    public void everyModuleHasAReadme() {
        assertEach(
                "A page says what the bundle does, lists its PID with every key, and has an example",
                module -> Stream.of("README.md")
                        .filter(file -> !Files.isRegularFile(module.directory().resolve(file))));
    }

    @Test
    public void everyModuleIsPartOfTheBuild() {
        Set<String> built = ProjectModule.elements(ProjectModule.xml(ProjectModule.ROOT.resolve("pom.xml")), "module")
                .map(Element::getTextContent)
                .collect(Collectors.toSet());
        assertEach("The root pom lists every module", module -> Stream.of("bundles/" + module.name())
                .filter(each -> !built.contains(each)));
    }

    @Test
    public void everyPidHasItsConfigurationFile() {
        assertEach("karaf-config/etc/<pid>.cfg lists every key with default and meaning", module -> pids(module)
                .filter(pid -> !Files.isRegularFile(CONFIGURATION.resolve(pid + ".cfg"))));
    }

    @Test
    public void everyConfigurationFileHasItsPid() {
        Set<String> pids =
                ProjectModule.all().stream().flatMap(ModuleTest::pids).collect(Collectors.toCollection(TreeSet::new));
        List<String> faults = ProjectModule.files(CONFIGURATION, 1, ".cfg")
                .map(file -> file.getFileName().toString())
                .filter(file -> file.startsWith("io.serai."))
                .filter(file -> !pids.contains(file.substring(0, file.length() - ".cfg".length())))
                .toList();
        assertThat(faults).as("Configuration files that no component reads").isEmpty();
    }

    /** Returns the PIDs that the metatype of a module declares; those of factories are for many files. */
    private static Stream<String> pids(ProjectModule module) {
        return ProjectModule.files(module.classes().resolve("OSGI-INF/metatype"), 1, ".xml")
                .map(ProjectModule::xml)
                .flatMap(document -> ProjectModule.elements(document, "Designate"))
                .map(designate -> designate.getAttribute("pid"))
                .filter(pid -> !pid.isEmpty());
    }

    private static String child(Document pom, String name) {
        Element project = pom.getDocumentElement();
        for (var node = project.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent();
            }
        }
        return "";
    }

    private static void assertEach(String rule, Function<ProjectModule, Stream<String>> faultsOf) {
        List<String> faults = new ArrayList<>();
        for (ProjectModule module : ProjectModule.all()) {
            faultsOf.apply(module).map(fault -> module.name() + ": " + fault).forEach(faults::add);
        }
        assertThat(faults).as(rule).isEmpty();
    }
}
