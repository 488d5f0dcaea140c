package io.taskgroup.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskgroup.GroupSnapshot;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupTimeoutException;
import io.taskgroup.TaskState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;

/**
 * The hunt for a straggler in {@code docs/observability.md}: what each look shows, while it hangs and after. The timeout
 * comes when the test says so, and that is when only the chart is left.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.security.user.password=secret",
            "management.endpoints.web.exposure.include=taskgroups,metrics",
            "management.endpoint.taskgroups.show-values=always",
            "taskgroup.groups.report.straggler-warning=200ms"
        })
class StragglerHuntTest {
    private static final Document PAGE = Document.named("docs/observability.md");
    private static final Pattern LINE_OF_THE_CULPRIT = Pattern.compile("Reports\\.chart\\(Reports\\.java:\\d+\\)");

    @Autowired
    Environment environment;

    @Autowired
    Reports reports;

    @Autowired
    TaskGroupFactory groups;

    @BeforeEach
    void drawAnother() {
        reports.drawAnother();
    }

    @AfterEach
    void letTheStragglerGo() {
        reports.drawn();
    }

    @Test
    void aTaskThatDoesNotStopIsSeenEverywhere(CapturedOutput log, @TempDir Path folder) throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable("io.taskgroup.Task");
            recording.start();
            FutureTask<String> report = onAnotherThread(reports::report);
            long id = timeOut();
            await().atMost(Duration.ofMinutes(1)).until(() -> log.getOut().contains("still runs"));

            LocalClient client = new LocalClient(environment);
            assertThat(log.getOut()).containsPattern(page("log"));
            assertThat(client.get("/actuator/taskgroups", "text/plain")).containsPattern(page("tree"));
            assertThat(client.get("/actuator/taskgroups/" + id, "application/json"))
                    .containsPattern(page("stack"));
            assertThat(client.get("/actuator/metrics/taskgroup.stragglers", "application/json"))
                    .containsPattern(page("meter"));

            Matcher line = LINE_OF_THE_CULPRIT.matcher(log.getOut());
            assertThat(line.find()).isTrue();
            assertThat(PAGE.output(getClass(), "log")).contains(line.group());

            reports.drawn();
            assertThatThrownBy(report::get).hasCauseInstanceOf(TaskGroupTimeoutException.class);
            assertThat(events(recording, folder.resolve("recording.jfr"))).containsPattern(page("jfr"));
        }
    }

    @Test
    void aTaskThatStopsIsNamedInTheExceptionAndHoldsNobodyUp() throws Exception {
        FutureTask<String> report = onAnotherThread(reports::mendedReport);
        timeOut();
        assertThatThrownBy(report::get)
                .cause()
                .satisfies(late -> assertThat(late.toString()).matches(page("mended")));
    }

    /** Ends the report's time when only the chart is left; returns the number of its group. */
    private long timeOut() {
        await().atMost(Duration.ofMinutes(1)).until(this::onlyTheChartIsLeft);
        long id = groups.snapshot().get(0).id();
        groups.find(id).orElseThrow().reschedule(Duration.ofMillis(1));
        return id;
    }

    private boolean onlyTheChartIsLeft() {
        List<GroupSnapshot> open = groups.snapshot();
        return !open.isEmpty()
                && open.get(0).counts().succeeded() == 1
                && open.get(0).tasks().stream()
                        .allMatch(task -> task.name().equals("chart") && task.state() == TaskState.RUNNING);
    }

    private static FutureTask<String> onAnotherThread(Callable<String> work) {
        FutureTask<String> task = new FutureTask<>(work);
        new Thread(task, "caller").start();
        return task;
    }

    private Pattern page(String name) {
        return PAGE.outputForm(getClass(), name);
    }

    private static String events(Recording recording, Path file) throws IOException {
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .map(RecordedEvent::toString)
                .collect(Collectors.joining("\n"));
    }
}
