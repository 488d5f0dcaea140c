package io.taskgroup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.docs.Document.Block;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents show is code that is compiled and runs as a test, and output that a test has printed. A block of
 * Java names its class behind the language ({@code ```java RecipesTest}), which may be in the tests of any module; each
 * paragraph of the block is a piece of that class. A block of output names class and label
 * ({@code ```text RecipesTest.timeout}), and the class compares it with {@link Document#output}. Code in the Javadoc names
 * no class, and is a piece of one of them, however its lines are broken.
 */
class DocumentsTest {
    private static final List<Path> TESTS = Document.files(Document.ROOT, ".java")
            .filter(path -> path.toString().contains(Path.of("src", "test").toString()))
            .toList();
    private static final Pattern SNIPPET = Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* }</pre>", Pattern.DOTALL);
    private static final Pattern COORDINATES = Pattern.compile(
            "<artifactId>(taskgroup-[a-z-]+)</artifactId>\\s*<version>([^<]+)</version>|io\\.taskgroup:(taskgroup-[a-z-]+):([\\w.-]+)");

    static Stream<Arguments> blocks(String language) {
        return Document.all()
                .flatMap(document -> document.blocks(language).stream().map(block -> Arguments.of(document, block)));
    }

    static Stream<Arguments> code() {
        return blocks("java");
    }

    static Stream<Arguments> output() {
        return blocks("text");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("code")
    void everyJavaBlockIsCodeOfTheTestThatItNames(Document document, Block block) {
        String source = withoutIndent(Document.read(test(block.label())));
        for (String paragraph : block.text().split("\\n\\s*\\n")) {
            assertThat(source).contains(withoutIndent(paragraph).strip());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("output")
    void everyTextBlockIsComparedByTheTestThatItNames(Document document, Block block) {
        assertThat(block.label()).matches("\\w+\\.\\w+");
        String[] testAndName = block.label().split("\\.");
        assertThat(Document.read(test(testAndName[0]))).contains("\"" + testAndName[1] + "\"");
    }

    static Stream<Arguments> snippets() {
        return Document.files(Document.ROOT, ".java")
                .filter(path -> path.toString().contains(Path.of("src", "main").toString()))
                .flatMap(path -> SNIPPET.matcher(Document.read(path))
                        .results()
                        .map(found -> Arguments.of(path.getFileName().toString(), found.group(1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("snippets")
    void everySnippetOfTheJavadocIsCodeOfATest(String file, String snippet) {
        String code = withoutSpace(snippet.replaceAll("(?m)^ \\* ?", ""));
        assertThat(TESTS).anyMatch(test -> withoutSpace(Document.read(test)).contains(code));
    }

    @Test
    void theDocumentsNameTheVersionOfThisBuild() {
        Matcher version =
                Pattern.compile("<version>([^<]+)</version>").matcher(Document.read(Document.ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(Document.all().flatMap(document -> versions(document.text())))
                .isNotEmpty()
                .allMatch(version.group(1)::equals);
    }

    private static Stream<String> versions(String text) {
        return COORDINATES
                .matcher(text)
                .results()
                .map(found -> found.group(2) != null ? found.group(2) : found.group(4));
    }

    private static Path test(String className) {
        List<Path> found = TESTS.stream()
                .filter(path -> path.endsWith(className + ".java"))
                .toList();
        assertThat(found).as("the test that is called '%s'", className).hasSize(1);
        return found.get(0);
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s", "");
    }

    private static String withoutIndent(String code) {
        return code.replaceAll("(?m)^\\s+", "");
    }
}
