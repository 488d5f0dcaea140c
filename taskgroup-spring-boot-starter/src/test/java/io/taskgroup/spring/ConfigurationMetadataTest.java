package io.taskgroup.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.UrlResource;
import org.yaml.snakeyaml.Yaml;

/** What an IDE shows. */
class ConfigurationMetadataTest {
    @Test
    void every_property_is_described() throws Exception {
        assertThat(properties())
                .allSatisfy(property -> assertThat((String) property.get("description"))
                        .as("%s", property.get("name"))
                        .isNotBlank()
                        .endsWith("."));
    }

    @Test
    void the_defaults_of_the_metadata_are_those_of_the_documentation() throws Exception {
        assertThat(properties())
                .extracting(property -> property.get("name") + " = " + property.get("defaultValue"))
                .containsExactlyInAnyOrder(
                        "taskgroup.enabled = true",
                        "taskgroup.executor.type = auto",
                        "taskgroup.executor.bean-name = null",
                        "taskgroup.executor.thread-name-prefix = taskgroup-",
                        "taskgroup.defaults.timeout = null",
                        "taskgroup.defaults.on-timeout = fail",
                        "taskgroup.defaults.max-concurrency = null",
                        "taskgroup.defaults.policy = all-successful",
                        "taskgroup.defaults.cancel-mode = interrupt",
                        "taskgroup.defaults.straggler-warning = 10s",
                        "taskgroup.groups = null",
                        "taskgroup.shutdown.grace-period = null",
                        "taskgroup.context-propagation.enabled = true",
                        "taskgroup.metrics.enabled = true",
                        "taskgroup.metrics.max-group-names = 100",
                        "taskgroup.metrics.histogram = false",
                        "taskgroup.observations.enabled = true",
                        "taskgroup.observations.tasks = false",
                        "management.health.taskgroups.enabled = false",
                        "management.endpoint.taskgroups.access = read_only",
                        "management.endpoint.taskgroups.show-values = never",
                        "management.endpoint.taskgroups.roles = null");
    }

    @Test
    void the_documentation_names_every_property_with_its_default() throws Exception {
        assertThat(DocumentedTable.withHeader("property"))
                .extracting(row -> row.get(0) + " = " + row.get(1))
                .containsExactlyInAnyOrderElementsOf(properties().stream()
                        .map(property -> property.get("name") + " = " + property.getOrDefault("defaultValue", ""))
                        .toList());
    }

    @SuppressWarnings("unchecked") // the shape is that of the metadata format
    private static List<Map<String, Object>> properties() throws IOException {
        URL classes =
                TaskGroupProperties.class.getProtectionDomain().getCodeSource().getLocation();
        Resource metadataOfTheStarter =
                new UrlResource(classes).createRelative("META-INF/spring-configuration-metadata.json");
        try (InputStream json = metadataOfTheStarter.getInputStream()) {
            Map<String, Object> metadata = new Yaml().load(json); // JSON is YAML
            return ((List<Map<String, Object>>) metadata.get("properties"))
                    .stream()
                            .filter(property -> !property.containsKey("deprecated")) // Spring Boot's own, of endpoints
                            .toList();
        }
    }
}
