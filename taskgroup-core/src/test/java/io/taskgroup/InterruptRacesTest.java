package io.taskgroup;

import io.taskgroup.Race.Event;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules 3 and 7 where they are hard: everything that can end a group, fired at it together, in pairs and triples. For a
 * long run: {@code -Dtaskgroup.races.rounds=100000}.
 */
class InterruptRacesTest {
    private static final int ROUNDS = Integer.getInteger("taskgroup.races.rounds", 50);
    private static final long SEED = Long.getLong("taskgroup.races.seed", 1);

    record Meeting(RaceThreads.Kind kind, Set<Event> events) {}

    static Stream<Meeting> meetings() {
        List<Meeting> meetings = new ArrayList<>();
        for (RaceThreads.Kind kind : RaceThreads.Kind.values()) {
            if (kind == RaceThreads.Kind.VIRTUAL_THREADS && !VirtualThreads.AVAILABLE) {
                continue;
            }
            for (int bits = 0; bits < 1 << Event.values().length; bits++) {
                Set<Event> events = EnumSet.noneOf(Event.class);
                for (Event event : Event.values()) {
                    if ((bits & 1 << event.ordinal()) != 0) {
                        events.add(event);
                    }
                }
                if (events.size() == 2 || events.size() == 3) {
                    meetings.add(new Meeting(kind, events));
                }
            }
        }
        return meetings.stream();
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void noInterruptLeaksNoneIsLostAndNobodyIsStuck(Meeting meeting) throws Exception {
        try (RaceThreads threads = new RaceThreads(meeting.kind)) {
            Race race = new Race(threads, meeting.events, SEED);
            FutureTask<Void> running = new FutureTask<>(() -> {
                race.run(ROUNDS);
                return null;
            });
            Thread runner = new Thread(running, "race");
            runner.setDaemon(true);
            runner.start();
            awaitWhileItMoves(race, running, runner);
            running.get(); // throws what a round complains of
        }
    }

    private static void awaitWhileItMoves(Race race, FutureTask<Void> running, Thread runner) throws Exception {
        long seen = -1;
        while (!running.isDone()) {
            try {
                running.get(15, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                long now = race.rounds();
                if (now == seen) {
                    dumpThreads();
                    throw new AssertionError("stuck in " + race.describe() + ", " + runner + "; see the dump", e);
                }
                seen = now;
            }
        }
    }

    private static void dumpThreads() {
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            System.err.println(thread);
            Stream.of(stack).forEach(frame -> System.err.println("    at " + frame));
        });
    }
}
