package io.serai.itests.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A module below {@code bundles/}, built.
 *
 * @param directory where it is
 */
record ProjectModule(Path directory) {
    /** The root of the project; Maven runs the tests of a module in its directory. */
    static final Path ROOT =
            Path.of(System.getProperty("serai.root", "..")).toAbsolutePath().normalize();

    private static final String COMMA_OUTSIDE_QUOTES = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

    /** Returns all modules below {@code bundles/}, by name. */
    static List<ProjectModule> all() {
        return files(ROOT.resolve("bundles"), 2, "pom.xml")
                .map(pom -> new ProjectModule(pom.resolveSibling("")))
                .toList();
    }

    /** Returns the files below a directory, to a depth, whose names end so. */
    static Stream<Path> files(Path directory, int depth, String ending) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(directory, depth)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Document xml(Path file) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (Exception e) {
            throw new IllegalStateException("Cannot read " + file, e);
        }
    }

    /** Returns the elements of a document that have this name, whatever their name space. */
    static Stream<Element> elements(Document document, String localName) {
        NodeList nodes = document.getElementsByTagName("*");
        return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
                .map(i -> (Element) nodes.item(i))
                .filter(element -> element.getTagName().replaceFirst("^.*:", "").equals(localName));
    }

    String name() {
        return directory.getFileName().toString();
    }

    Path classes() {
        Path classes = directory.resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException(
                    "Module " + name() + " is not built; run: mvn -pl bundles/" + name() + " -am process-classes");
        }
        return classes;
    }

    /** Returns its own classes, without those of libraries that it contains, and without tests. */
    JavaClasses types() {
        return new ClassFileImporter().importPath(classes().resolve("io/serai"));
    }

    /** Returns the Java files, without those of tests. */
    Stream<Path> sources() {
        return files(directory.resolve("src/main/java"), Integer.MAX_VALUE, ".java");
    }

    Document pom() {
        return xml(directory.resolve("pom.xml"));
    }

    Manifest manifest() {
        try (InputStream in = Files.newInputStream(classes().resolve("META-INF/MANIFEST.MF"))) {
            return new Manifest(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the packages that a header of the manifest names. */
    Stream<String> packages(String header) {
        String value = manifest().getMainAttributes().getValue(header);
        return value == null
                ? Stream.empty()
                : Arrays.stream(value.split(COMMA_OUTSIDE_QUOTES, -1))
                        .map(clause -> clause.replaceFirst(";.*", "").strip());
    }

    /** Returns the descriptions of its Declarative Services components. */
    Stream<Document> components() {
        return files(classes().resolve("OSGI-INF"), 1, ".xml").map(ProjectModule::xml);
    }
}
