package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody looks at the live tree while everything in it comes and goes. */
@Timeout(60)
class LiveTreeRacesTest {
    private static final int LOOKS = Integer.getInteger("taskgroup.races.rounds", 2_000);

    private final TaskGroupFactory groups = TaskGroupFactory.create();
    private final AtomicBoolean looked = new AtomicBoolean();
    private final Together together = new Together();

    @AfterEach
    void end() {
        together.close();
        groups.close();
    }

    @Test
    void aLookShowsNoTaskThatHasEndedAndNoGroupInsideATaskAsARoot() throws Exception {
        together.play(this::comeAndGo, this::look);
    }

    private void comeAndGo() throws InterruptedException {
        while (!looked.get()) {
            groups.run("outer", outer -> {
                for (int i = 0; i < 10; i++) {
                    outer.fork(() -> groups.run("inner", inner -> inner.fork(() -> 1)));
                }
            });
        }
    }

    private void look() {
        try {
            for (int i = 0; i < LOOKS; i++) {
                List<GroupSnapshot> roots = groups.snapshot();
                assertThat(roots).extracting(GroupSnapshot::name).doesNotContain("inner");
                roots.forEach(LiveTreeRacesTest::assertLive);
            }
        } finally {
            looked.set(true);
        }
    }

    private static void assertLive(GroupSnapshot group) {
        for (TaskSnapshot task : group.tasks()) {
            assertThat(task.state().isTerminal()).as(() -> task.toString()).isFalse();
            task.groups().forEach(LiveTreeRacesTest::assertLive);
        }
    }
}
