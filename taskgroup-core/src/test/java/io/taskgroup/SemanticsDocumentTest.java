package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/semantics.md} names every parity test beside what it stands for, and neither a parity test nor the file of a
 * rule that does not exist.
 */
class SemanticsDocumentTest {
    private static final Path PAGE = Path.of("..", "docs", "semantics.md");
    private static final Pattern PARITY_ROW = Pattern.compile("(?m)^\\| `[^|]*` \\| `([a-z][A-Za-z0-9]*)` \\|$");
    private static final Pattern RULE = Pattern.compile("`(Rule\\d\\d[A-Za-z]+)`");

    @Test
    void everyParityTestIsListedBesideWhatItStandsFor() throws IOException {
        List<String> rows = Files.readAllLines(PAGE);
        for (Method test : parityTests().toList()) {
            for (String original : test.getAnnotation(StandsFor.class).value()) {
                assertThat(rows)
                        .anyMatch(
                                row -> row.contains("`" + original + "`") && row.contains("`" + test.getName() + "`"));
            }
        }
    }

    @Test
    void everyListedTestExists() throws IOException {
        String page = Files.readString(PAGE);
        Set<String> names = parityTests().map(Method::getName).collect(Collectors.toSet());
        assertThat(groups(PARITY_ROW, page)).isNotEmpty().allMatch(names::contains);
        assertThat(groups(RULE, page))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(Path.of("src", "test", "java", "io", "taskgroup", rule + ".java"))
                        .exists());
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static Stream<Method> parityTests() {
        return Stream.of(
                        AsyncioParityTest.Cases.class,
                        TrioParityTest.Cases.class,
                        StructuredTaskScopeParityTest.Cases.class)
                .flatMap(cases -> Stream.of(cases.getMethods()))
                .filter(method -> method.isAnnotationPresent(StandsFor.class));
    }
}
