package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordsTest {
    @Test
    void aRecordingHasTheGroupAndItsTasks(@TempDir Path folder) throws IOException {
        Gate gate = new Gate();
        Path file = folder.resolve("groups.jfr");
        try (Recording recording = new Recording();
                TaskGroupFactory groups = TaskGroupFactory.create()) {
            recording.enable("io.taskgroup.Group").withoutThreshold();
            recording.enable("io.taskgroup.Task").withoutThreshold();
            recording.start();
            assertThatThrownBy(() -> groups.run("trip", group -> {
                        group.fork("hotel", gate::pass);
                        gate.awaitArrival();
                        group.fork("flight", () -> {
                            throw new IllegalStateException("no seats");
                        });
                    }))
                    .isInstanceOf(TaskGroupException.class);
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(named(events, "io.taskgroup.Group")).singleElement().satisfies(group -> {
            assertThat(group.getString("name")).isEqualTo("trip");
            assertThat(group.getString("outcome")).isEqualTo("FAILED");
            assertThat(group.getString("cancelReason")).startsWith("TASK_FAILED: ");
            assertThat(group.getInt("forked")).isEqualTo(2);
            assertThat(group.getInt("failed")).isEqualTo(1);
            assertThat(group.getInt("cancelled")).isEqualTo(1);
        });
        assertThat(named(events, "io.taskgroup.Task"))
                .extracting(task -> task.getString("group") + " " + task.getString("name") + " "
                        + task.getString("state") + " " + (task.getString("cancelReason") != null))
                .containsExactlyInAnyOrder("trip hotel CANCELLED true", "trip flight FAILED false");
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String type) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .toList();
    }

    @Test
    void withoutARecordingThereIsNoEvent() {
        assertThat(FlightRecords.groupOpened()).isNull();
    }
}
