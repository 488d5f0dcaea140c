package io.taskgroup.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.Resource;
import org.springframework.core.io.UrlResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
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
    void the_properties_and_their_defaults_are_these() throws Exception {
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
                        "taskgroup.metrics.task-timers = true",
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

    @Test
    void every_property_that_the_code_reads_is_in_the_metadata_and_no_other() throws Exception {
        Set<String> read = new TreeSet<>();
        for (Class<?> type : configurationProperties()) {
            components(type.getAnnotation(ConfigurationProperties.class).value(), type, read);
        }
        for (String autoConfiguration : ImportCandidates.load(AutoConfiguration.class, null)) {
            if (autoConfiguration.startsWith("io.taskgroup.")) {
                conditions(ClassUtils.resolveClassName(autoConfiguration, null), read);
            }
        }
        read.add("management.endpoint.taskgroups.access"); // Spring Boot's own, of every endpoint

        assertThat(properties()).extracting(property -> property.get("name")).containsExactlyInAnyOrderElementsOf(read);
    }

    private static List<Class<?>> configurationProperties() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("io.taskgroup.spring").stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
                .filter(type -> location(type).equals(location(TaskGroupProperties.class)))
                .toList();
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static void components(String prefix, Class<?> type, Set<String> names) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            if (component.getType().isRecord()) {
                components(name, component.getType(), names);
            } else {
                names.add(name);
            }
        }
    }

    private static void conditions(Class<?> type, Set<String> names) {
        Stream.<AnnotatedElement>concat(Stream.of(type), Stream.of(type.getDeclaredMethods()))
                .flatMap(element -> Stream.of(element.getAnnotationsByType(ConditionalOnBooleanProperty.class)))
                .forEach(condition -> names.addAll(List.of(condition.name())));
    }

    @SuppressWarnings("unchecked") // the shape is that of the metadata format
    private static List<Map<String, Object>> properties() throws IOException {
        Resource metadataOfTheStarter = new UrlResource(location(TaskGroupProperties.class))
                .createRelative("META-INF/spring-configuration-metadata.json");
        try (InputStream json = metadataOfTheStarter.getInputStream()) {
            Map<String, Object> metadata = new Yaml().load(json); // JSON is YAML
            return ((List<Map<String, Object>>) metadata.get("properties"))
                    .stream()
                            .filter(property -> !property.containsKey("deprecated")) // Spring Boot's own, of endpoints
                            .toList();
        }
    }
}
