package io.taskgroup.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;

/** Processes an application ahead of time, compiles what that gives, and starts it in a JVM of its own. */
@Timeout(300)
class AotTest {
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    private Path temporary;

    @Test
    void an_application_that_is_processed_ahead_of_time_starts_with_what_was_generated_and_works() throws Exception {
        Path classes = Files.createDirectories(temporary.resolve("classes"));
        Path sources = Files.createDirectories(temporary.resolve("sources"));
        process(sources, classes);
        compile(sources, classes);
        assertThat(metadataForANativeImage(classes))
                .contains("actuate.LiveGroup$LiveTask", "actuate.EndedGroup$Failure", "\"ofVirtual\"");

        String output = start(classes);

        assertThat(output)
                .contains("generated: true", "sum: 3", "observed: true", "timeout: true", "metered: 2")
                .containsPattern("endpoint: .*\"name\":\"sum\".*\"counts\":\\{\"forked\":2")
                .containsPattern("health: .*\"taskgroups\":\\{\"status\":\"UP\"");
    }

    private static void process(Path sources, Path classes) {
        Settings settings = Settings.builder()
                .sourceOutput(sources)
                .classOutput(classes)
                .resourceOutput(classes)
                .groupId("io.taskgroup")
                .artifactId("aot-application")
                .build();
        new SpringApplicationAotProcessor(AotApplication.class, settings, AotApplication.ARGUMENTS).process();
    }

    private static void compile(Path sources, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp", withClassPath(classes)));
        try (Stream<Path> generated = Files.walk(sources)) {
            generated.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).isZero();
        assertThat(arguments).anyMatch(name -> name.endsWith("TaskGroupAutoConfiguration__BeanDefinitions.java"));
    }

    private static String metadataForANativeImage(Path classes) throws IOException {
        Path folder = classes.resolve(Path.of("META-INF", "native-image", "io.taskgroup", "aot-application"));
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".json")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private String start(Path classes) throws IOException, InterruptedException {
        Path output = temporary.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dspring.aot.enabled=true",
                "-cp",
                withClassPath(classes),
                AotApplication.class.getName()));
        command.addAll(List.of(AotApplication.ARGUMENTS));
        Process application = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(application.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            application.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(application.exitValue()).as(said).isZero();
        return said;
    }

    private static String withClassPath(Path classes) {
        return classes + File.pathSeparator + CLASS_PATH;
    }
}
