package io.taskgroup;

import java.util.concurrent.ThreadLocalRandom;

/** A moment of work, longer or shorter at random: so that two actors meet now here, now there. */
final class Moment {
    private Moment() {}

    static void upTo(int nanos) {
        long end = System.nanoTime() + ThreadLocalRandom.current().nextInt(nanos);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
