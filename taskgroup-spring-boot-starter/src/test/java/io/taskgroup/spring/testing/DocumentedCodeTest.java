package io.taskgroup.spring.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java code of {@code docs/testing.md} is code of the class that it names, which is compiled here and runs as a test. */
class DocumentedCodeTest {
    private static final Path PAGE = Path.of("..", "docs", "testing.md");
    private static final Path TESTS = Path.of("src", "test", "java", "io", "taskgroup", "spring", "testing");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java (\\w+)\\n(.*?)```", Pattern.DOTALL);

    record Block(String type, String code) {
        @Override
        public String toString() {
            return type + ": " + code.lines().findFirst().orElse("");
        }
    }

    static Stream<Block> blocks() throws IOException {
        return JAVA_BLOCK
                .matcher(Files.readString(PAGE))
                .results()
                .map(found -> new Block(found.group(1), found.group(2)));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void every_java_block_is_a_region_of_the_class_that_it_names(Block block) throws IOException {
        assertThat(withoutIndent(Files.readString(TESTS.resolve(block.type() + ".java"))))
                .contains(withoutIndent(block.code()));
    }

    @Test
    void every_java_block_names_its_class() throws IOException {
        assertThat(Files.readString(PAGE)).doesNotContain("```java\n");
    }

    private static String withoutIndent(String code) {
        return code.replaceAll("(?m)^\\s+", "");
    }
}
