package io.taskgroup;

import java.util.function.BooleanSupplier;

/**
 * Looks again and again for a short while, before a platform thread parks: to park and wake one takes longer than most
 * short tasks. A virtual thread never spins, for it would hold a carrier; nor does anyone where there is one processor.
 */
final class Spin {
    private static final boolean PAYS = Runtime.getRuntime().availableProcessors() > 1;
    private static final long LONGEST_NANOS = 13_000;
    private static final int LOOKS = 64;

    private Spin() {}

    /** Returns whether it became true. */
    static boolean until(BooleanSupplier condition) {
        if (!PAYS || VirtualThreads.isCurrent()) {
            return false;
        }
        long end = System.nanoTime() + LONGEST_NANOS;
        do {
            for (int i = 0; i < LOOKS; i++) {
                if (condition.getAsBoolean()) {
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() < end);
        return false;
    }
}
