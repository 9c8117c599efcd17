package io.serai.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The templates of {@code serai service new}, filled the way the launcher fills them. */
public class TemplatesTest {
    private static final Path TEMPLATES = ProjectModule.ROOT.resolve("examples/templates");
    private static final Map<String, String> VALUES = Map.of(
            "@NAME@", "orders.get", "@CLASS@", "OrdersGet", "@PACKAGE@", "com.acme.orders", "@PATH@", "/orders/get");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theSingleFileCompiles() throws Exception {
        fill(TEMPLATES.resolve("single"));

        Path source = folder.getRoot().toPath().resolve("OrdersGet.java");

        assertThat(source).content().contains("@ServiceInfo(name = \"orders.get\", rest = \"GET /orders/get\")");
        assertThat(compile(List.of(source))).isEmpty();
    }

    @Test
    public void theProjectCompilesWithItsTest() throws Exception {
        fill(TEMPLATES.resolve("project"));

        List<Path> sources = ProjectModule.files(folder.getRoot().toPath(), Integer.MAX_VALUE, ".java")
                .toList();

        assertThat(sources)
                .extracting(file -> folder.getRoot().toPath().relativize(file).toString())
                .containsExactly(
                        "src/main/java/com/acme/orders/OrdersGet.java",
                        "src/test/java/com/acme/orders/OrdersGetTest.java");
        assertThat(compile(sources)).isEmpty();
        assertThat(ProjectModule.elements(
                        ProjectModule.xml(folder.getRoot().toPath().resolve("pom.xml")), "artifactId"))
                .extracting(element -> element.getTextContent())
                .contains("orders.get", "io.serai.api", "bnd-maven-plugin");
    }

    @Test
    public void theExampleToStartWithCompiles() throws Exception {
        Path hello = ProjectModule.ROOT.resolve("examples/hello/Hello.java");

        assertThat(compile(List.of(hello))).isEmpty();
    }

    @Test
    public void theExampleOfTheJavadocCompiles() throws Exception {
        Path api = ProjectModule.ROOT.resolve("bundles/api/src/main/java/io/serai/api/service/Service.java");
        String javadoc = Files.readString(api);
        int begin = javadoc.indexOf("<pre>{@code\n") + "<pre>{@code\n".length();
        String example =
                javadoc.substring(begin, javadoc.indexOf("}</pre>", begin)).replaceAll("(?m)^ \\* ?", "");

        Path source = Files.writeString(folder.getRoot().toPath().resolve("Hello.java"), example);

        assertThat(example).startsWith("import ").contains("class Hello");
        assertThat(compile(List.of(source))).isEmpty();
    }

    private void fill(Path template) throws IOException {
        try (Stream<Path> files = Files.walk(template)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String relative = template.relativize(file).toString().replace("@PACKAGE@", "com/acme/orders");
                Path target = folder.getRoot().toPath().resolve(replace(relative));
                Files.createDirectories(target.getParent());
                Files.writeString(target, replace(Files.readString(file)));
            }
        }
    }

    private static String replace(String text) {
        String replaced = text;
        for (Map.Entry<String, String> value : VALUES.entrySet()) {
            replaced = replaced.replace(value.getKey(), value.getValue());
        }
        assertThat(replaced).as("a placeholder that no launcher fills").doesNotContainPattern("@[A-Z]+@");
        return replaced;
    }

    /** Returns what the compiler has to complain about. */
    private String compile(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        Path classes = folder.newFolder("classes").toPath();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("--release", "17", "-proc:none", "-d", classes.toString());
            compiler.getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        return messages.toString();
    }
}
