package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BacklogTest {
    /** What waits until somebody begins it. */
    private static final class Job implements Roster.Member {
        private final String name;
        private final AtomicBoolean begun = new AtomicBoolean();
        private volatile boolean waits = true;

        Job(String name) {
            this.name = name;
        }

        @Override
        public void listedOn(Roster.Page page) {
            // it stays on its page, and is not struck out when it is begun
        }

        boolean isWaiting() {
            return waits && !begun.get();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final Roster<Job> roster = new Roster<>();
    private int added;
    private final List<String> looks = new ArrayList<>();
    private final Backlog<Job> backlog = new Backlog<>(roster, job -> {
        looks.add(job.name);
        return job.isWaiting();
    });

    private Job add(String name) {
        Job job = new Job(name);
        roster.add(++added, job);
        backlog.added();
        return job;
    }

    @Test
    void whileEmptyNobodyLooks() {
        roster.add(1, new Job("not told of"));
        assertThat(backlog.next()).isNull();
        assertThat(backlog.hasOther(new Job("given"))).isFalse();
        assertThat(looks).isEmpty();
    }

    @Test
    void givesWhatWaitsAboutInTheOrderItCame() {
        Job first = add("first");
        Job second = add("second");
        assertThat(backlog.next()).isSameAs(first);
        first.begun.set(true);
        assertThat(backlog.next()).isSameAs(second);
    }

    @Test
    void givesTheSameOneAgainUntilItIsBegun() {
        Job only = add("only");
        assertThat(backlog.next()).isSameAs(only);
        assertThat(backlog.next()).isSameAs(only);
        only.begun.set(true);
        assertThat(backlog.next()).isNull();
    }

    @Test
    void isEmptyOnceALookFoundNothing() {
        add("begun").begun.set(true);
        assertThat(backlog.next()).isNull();
        looks.clear();
        assertThat(backlog.next()).isNull();
        assertThat(backlog.hasOther(new Job("given"))).isFalse();
        assertThat(looks).as("nobody looks any more").isEmpty();
    }

    @Test
    void isFilledAgainByWhatComes() {
        add("begun").begun.set(true);
        backlog.next();
        Job late = add("late");
        assertThat(backlog.next()).isSameAs(late);
    }

    /** It says so only after it can be seen to wait, so whoever empties the backlog must look once more. */
    @Test
    void whatComesWhileALookFindsNothingIsFoundByTheSecondLook() {
        Roster<Job> members = new Roster<>();
        Job late = new Job("late");
        members.add(1, late);
        AtomicInteger asked = new AtomicInteger();
        members.next(job -> asked.incrementAndGet() < 0);
        int timesInOneLook = asked.getAndSet(0);
        Backlog<Job> raced = new Backlog<>(members, job -> asked.incrementAndGet() > timesInOneLook);
        raced.added(); // it is filled, so it makes no difference that the late one says so, too
        assertThat(raced.next()).isSameAs(late);
        assertThat(raced.next()).as("it is filled").isSameAs(late);
    }

    @Test
    void hasAnotherOnlyIfOneWaitsBesideTheGiven() {
        Job first = add("first");
        assertThat(backlog.hasOther(first)).isFalse();
        assertThat(backlog.hasOther(new Job("a stranger"))).isTrue();
        Job second = add("second");
        assertThat(backlog.hasOther(first)).isTrue();
        second.begun.set(true);
        assertThat(backlog.hasOther(first)).isFalse();
    }

    @Test
    void nothingThatWaitsIsForgottenWhileManyComeAndAreBegun() throws Exception {
        for (int round = 0; round < 50; round++) {
            Roster<Job> members = new Roster<>();
            Backlog<Job> raced = new Backlog<>(members, Job::isWaiting);
            AtomicInteger forked = new AtomicInteger();
            AtomicInteger begun = new AtomicInteger();
            int jobs = 200;
            try (Together together = new Together()) {
                together.each(4, me -> {
                    for (int i = 0; i < jobs; i++) {
                        if (me < 2) {
                            members.add(forked.incrementAndGet(), new Job(me + "-" + i));
                            raced.added();
                        } else {
                            begun.addAndGet(begin(raced.next()));
                        }
                    }
                    return me;
                });
            }
            for (Job left = raced.next(); left != null; left = raced.next()) {
                begun.addAndGet(begin(left));
            }
            assertThat(begun).hasValue(2 * jobs);
        }
    }

    private static int begin(Job job) {
        return job != null && job.begun.compareAndSet(false, true) ? 1 : 0;
    }
}
