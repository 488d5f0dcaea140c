package io.taskgroup.demo.observability;

import static io.taskgroup.demo.Desk.FAILS;
import static io.taskgroup.demo.Desk.JOURNEY;
import static io.taskgroup.demo.Desk.WELL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.demo.Desk;
import io.taskgroup.demo.TripDeskTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the files in observability/ name is asked of the running application. */
@TripDeskTest
class DashboardTest {
    private static final Path FOLDER = Path.of("observability");
    private static final Pattern METER = Pattern.compile("\\b(taskgroup_\\w+)\\{");
    private static final Pattern BY = Pattern.compile("\\bby \\(([\\w, ]+)\\)");

    @Autowired
    private Desk desk;

    @Autowired
    private JsonMapper json;

    private JsonNode dashboard;

    @BeforeEach
    void somethingFails() throws IOException {
        dashboard = json.readTree(Files.readString(FOLDER.resolve("grafana-dashboard.json")));
        desk.allSuppliers("{\"delayMillis\": 500}");
        desk.supplier("harbour-inn", FAILS);
        assertThat(desk.get("/api/trips" + JOURNEY)).hasStatus(502);
        desk.allSuppliers(WELL);
    }

    @Test
    void everyMeterAndLabelOfTheDashboardIsThere() {
        String meters = metersAt("/actuator/prometheus");
        List<String> queries = queries();

        assertThat(queries).hasSizeGreaterThan(10);
        for (String query : queries) {
            Set<String> named = named(query);
            assertThat(named).as(query).isNotEmpty();
            for (String meter : named) {
                for (String label : labels(query)) {
                    assertThat(meters).as("%s, for %s", label, query).containsPattern(meter + "\\{.*" + label + "=");
                }
            }
        }
    }

    @Test
    void theDashboardShowsEveryMeterOfTheStarterButCancelledGroups() {
        Set<String> shown = new TreeSet<>();
        queries().forEach(query -> shown.addAll(named(query)));

        assertThat(metersAt("/actuator/prometheus")
                        .lines()
                        .filter(line -> line.startsWith("# TYPE taskgroup_"))
                        .map(line -> line.split(" ")[2])
                        .filter(meter -> !meter.endsWith("_max")) // part of a timer, whose other parts are shown
                        .filter(meter -> !meter.equals("taskgroup_groups_cancelled_groups_total"))) // tasks say why
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(shown).anyMatch(named -> named.startsWith(meter)));
    }

    @Test
    void theDashboardAsksForItsDataSource() {
        assertThat(dashboard.at("/__inputs/0/name").asString()).isEqualTo("DS_PROMETHEUS");
        assertThat(dashboard.findValues("datasource"))
                .hasSizeGreaterThan(10)
                .allSatisfy(source -> assertThat(source.at("/uid").asString()).isEqualTo("${DS_PROMETHEUS}"));
    }

    @Test
    void prometheusScrapesWhereTheMetersAre() throws IOException {
        JsonNode configuration = json.valueToTree(new Yaml().load(Files.readString(FOLDER.resolve("prometheus.yml"))));
        JsonNode scraped = configuration.at("/scrape_configs/0");

        assertThat(metersAt(scraped.at("/metrics_path").asString())).contains("taskgroup_groups_seconds_count");
        assertThat(scraped.at("/static_configs/0/targets/0").asString()).isEqualTo("127.0.0.1:8080");
    }

    private List<String> queries() {
        return dashboard.findValues("expr").stream().map(JsonNode::asString).toList();
    }

    private static Set<String> named(String query) {
        return METER.matcher(query).results().map(found -> found.group(1)).collect(TreeSet::new, Set::add, Set::addAll);
    }

    private static Set<String> labels(String query) {
        Set<String> labels = new TreeSet<>(Set.of("group"));
        Matcher by = BY.matcher(query);
        while (by.find()) {
            labels.addAll(List.of(by.group(1).split(", ")));
        }
        return labels;
    }

    private String metersAt(String path) {
        return new String(desk.get(path).getExchangeResult().getResponseBodyContent(), UTF_8);
    }
}
