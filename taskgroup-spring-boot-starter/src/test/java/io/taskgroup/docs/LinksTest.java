package io.taskgroup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link between the documents, and from them to files of the project, leads to something. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?m)^\\[[^\\]]+\\]:\\s*(\\S+)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");

    static Stream<Arguments> links() {
        return Document.all()
                .flatMap(document -> LINK.matcher(document.prose())
                        .results()
                        .map(LinksTest::target)
                        .filter(target -> !ELSEWHERE.matcher(target).matches())
                        .map(target -> Arguments.of(document, target)));
    }

    private static String target(MatchResult link) {
        return link.group(1) != null ? link.group(1) : link.group(2);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("links")
    void everyLinkLeadsToAFileAndItsAnchorToAHeading(Document document, String target) {
        String[] fileAndAnchor = target.split("#", 2);
        Path file = fileAndAnchor[0].isEmpty()
                ? document.path()
                : document.path().resolveSibling(fileAndAnchor[0]).normalize();
        assertThat(Files.exists(file)).as("%s, a link of %s", file, document).isTrue();
        if (fileAndAnchor.length == 2) {
            assertThat(anchors(new Document(file))).contains(fileAndAnchor[1]);
        }
    }

    /** The anchors that GitHub gives to headings: a second heading of the same name gets the suffix -1. */
    private static Set<String> anchors(Document document) {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(document.text().replaceAll("(?ms)^```.*?^```", ""))
                .results()
                .map(heading -> anchor(heading.group(1)))
                .map(anchor -> {
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .collect(Collectors.toSet());
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    @Test
    void anAnchorIsMadeOfAHeadingAsGitHubDoes() {
        assertThat(anchor("Who runs a task, and what it sees")).isEqualTo("who-runs-a-task-and-what-it-sees");
        assertThat(anchor("`@Transactional` tests")).isEqualTo("transactional-tests");
    }
}
