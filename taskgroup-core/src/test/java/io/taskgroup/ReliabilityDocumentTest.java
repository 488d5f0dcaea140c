package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/reliability.md} names no test that does not exist. */
class ReliabilityDocumentTest {
    private static final Path TESTS = Path.of("src", "test", "java", "io", "taskgroup");
    private static final Pattern TEST = Pattern.compile("`((?:Rule\\d\\d)?[A-Z][A-Za-z0-9]+)\\.([a-zA-Z_]+)`");
    private static final Pattern TEST_CLASS = Pattern.compile("`(Rule\\d\\d\\w+|[A-Z]\\w+Test|TaskGroupContract)[.`]");

    private final String page = read(Path.of("..", "docs", "reliability.md"));

    @Test
    void everyClassOfTestsExists() {
        assertThat(found(TEST_CLASS))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(file(one.group(1))).exists());
    }

    @Test
    void everyTestExists() {
        assertThat(found(TEST))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(read(file(one.group(1)))).contains("void " + one.group(2) + "("));
    }

    private List<MatchResult> found(Pattern pattern) {
        return pattern.matcher(page).results().toList();
    }

    private static Path file(String testClass) {
        return TESTS.resolve(testClass + ".java");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
