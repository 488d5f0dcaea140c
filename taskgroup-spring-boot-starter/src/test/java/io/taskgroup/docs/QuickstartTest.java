package io.taskgroup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.TaskGroupFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of {@code docs/quickstart.md} runs by itself, with nothing but core on its class path. */
class QuickstartTest {
    @Test
    void theProgramPrintsWhatThePageSays(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output.txt");
        Process program = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        Quickstart.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Document.read(output).strip())
                .isEqualTo(Document.named("docs/quickstart.md").output(getClass(), "printed"));
        assertThat(program.exitValue()).isZero();
    }

    private static String classPath() throws Exception {
        return String.join(
                System.getProperty("path.separator"), location(TaskGroupFactory.class), location(Quickstart.class));
    }

    private static String location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
