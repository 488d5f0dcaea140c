package io.taskgroup;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Lincheck, as all models use it: it makes scenarios of a model's operations at random, runs each in many interleavings,
 * and fails if what the operations returned is not what some order of them, one after the other, returns.
 *
 * <p>For a long run: {@code -Dtaskgroup.models.scenarios=200}.
 */
final class ModelChecking {
    private static final int SCENARIOS = Integer.getInteger("taskgroup.models.scenarios", 6);
    private static final int INTERLEAVINGS = 500;

    private ModelChecking() {}

    static void check(Class<?> model) {
        options().threads(2).actorsPerThread(4).actorsBefore(2).actorsAfter(2).check(model);
        options().threads(3).actorsPerThread(2).actorsBefore(2).actorsAfter(2).check(model);
    }

    /** Of a model in which it matters which thread does what: Lincheck does what comes before and after on any thread. */
    static void checkBetweenThreads(Class<?> model) {
        options().threads(2).actorsPerThread(4).actorsBefore(0).actorsAfter(0).check(model);
        options().threads(3).actorsPerThread(2).actorsBefore(0).actorsAfter(0).check(model);
    }

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions().iterations(SCENARIOS).invocationsPerIteration(INTERLEAVINGS);
    }
}
