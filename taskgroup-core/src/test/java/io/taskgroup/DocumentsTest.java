package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java code of README and docs is code of {@link Snippets}, which compiles and does what the text says. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> found =
                    docs.filter(path -> path.toString().endsWith(".md")).toList();
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), found.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyJavaBlockIsARegionOfTheSnippets(Path document) throws IOException {
        String snippets = withoutIndent(Files.readString(Path.of("src/test/java/io/taskgroup/Snippets.java")));
        Matcher block = JAVA_BLOCK.matcher(Files.readString(document));
        while (block.find()) {
            assertThat(snippets).contains(withoutIndent(block.group(1)));
        }
    }

    private static String withoutIndent(String code) {
        return code.replaceAll("(?m)^\\s+", "");
    }

    @Test
    void theReadmesPageHasBothParts() throws InterruptedException {
        try (TaskGroupFactory groups = TaskGroupFactory.create()) {
            Snippets.Page page = Snippets.productPage(
                    groups, id -> new Snippets.Product("product " + id), id -> List.of(new Snippets.Review(5)), 7);
            assertThat(page)
                    .isEqualTo(new Snippets.Page(new Snippets.Product("product 7"), List.of(new Snippets.Review(5))));
        }
    }

    @Test
    void theReadmesPageStopsTheOtherCallWhenOneFails() {
        Gate gate = new Gate();
        try (TaskGroupFactory groups = TaskGroupFactory.create()) {
            assertThatThrownBy(() -> Snippets.productPage(
                            groups,
                            id -> {
                                gate.pass();
                                return new Snippets.Product("late");
                            },
                            id -> {
                                gate.awaitArrival();
                                throw new IllegalStateException("no reviews");
                            },
                            7))
                    .isInstanceOfSatisfying(
                            TaskGroupException.class,
                            failed -> assertThat(failed.failures())
                                    .extracting(TaskFailure::taskName)
                                    .containsExactly("reviews"));
        }
    }
}
