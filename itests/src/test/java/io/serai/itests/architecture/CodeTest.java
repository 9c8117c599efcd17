package io.serai.itests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

/** What the code looks like, and what it must not call. */
public class CodeTest {
    private static final int MOST_LINES = 400;
    private static final String VAGUE_CLASSES = ".*(Impl|Manager|Helper|Utils?)(\\$.*)?";
    private static final String[] VAGUE_PACKAGES = {"..util..", "..common..", "..helper..", "..impl.."};

    @Test
    public void noFileHasMoreThan400Lines() {
        List<String> faults = Stream.of("bundles", "itests", "benchmarks", "examples")
                .flatMap(folder -> ProjectModule.files(ProjectModule.ROOT.resolve(folder), Integer.MAX_VALUE, ".java"))
                .filter(file -> !file.toString().contains("/target/"))
                .filter(file -> ProjectModule.read(file).lines().count() > MOST_LINES)
                .map(file -> ProjectModule.ROOT.relativize(file).toString())
                .toList();
        assertThat(faults).as("Files of more than " + MOST_LINES + " lines").isEmpty();
    }

    @Test
    public void everyPackageIsNullMarked() {
        List<Path> faults = ProjectModule.all().stream()
                .flatMap(ProjectModule::sources)
                .map(Path::getParent)
                .distinct()
                .filter(folder -> ProjectModule.files(folder, 1, "package-info.java")
                        .noneMatch(file -> ProjectModule.read(file).contains("@NullMarked")))
                .map(ProjectModule.ROOT::relativize)
                .toList();
        assertThat(faults)
                .as("Packages without @NullMarked in package-info.java")
                .isEmpty();
    }

    @Test
    public void namesSayWhatAClassDoes() {
        check(noClasses()
                .should()
                .haveNameMatching(VAGUE_CLASSES)
                .orShould()
                .resideInAnyPackage(VAGUE_PACKAGES)
                .because("an implementation is named after its technique, and a helper lives with its only user"));
    }

    @Test
    public void noThreadSleepsOrIsMadeByHand() {
        check(noClasses()
                .should()
                .callMethodWhere(call("java.lang.Thread", "sleep"))
                .orShould()
                .callConstructorWhere(call("java.lang.Thread", "<init>"))
                .because("threads come from an executor that names them, and wait on a condition"));
    }

    @Test
    public void nothingPrintsToTheStandardStreams() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.serai.cli..") // A program that is run by hand prints.
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethodWhere(DescribedPredicate.describe(
                        "printStackTrace", call -> call.getName().equals("printStackTrace")))
                .because("a bundle logs, and a command prints to its session"));
    }

    private static DescribedPredicate<JavaCall<?>> call(String owner, String name) {
        return DescribedPredicate.describe(
                owner + "." + name,
                call -> call.getTargetOwner().getName().equals(owner)
                        && call.getName().equals(name));
    }

    private static void check(ArchRule rule) {
        rule.check(new ClassFileImporter()
                .importPaths(ProjectModule.all().stream()
                        .map(module -> module.classes().resolve("io/serai"))
                        .toList()));
    }
}
