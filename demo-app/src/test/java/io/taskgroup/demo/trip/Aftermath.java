package io.taskgroup.demo.trip;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What many searches left behind.
 *
 * @param searches how many there were
 * @param planned how many of them ended with a trip
 * @param runningOn calls to suppliers that had not ended when their search had
 * @param failures what suppliers have answered with
 * @param lost those of the failures that are not to be found in what their search threw
 */
record Aftermath(int searches, int planned, int runningOn, int failures, int lost) {
    static Aftermath of(List<Ended> searches) {
        return new Aftermath(
                searches.size(),
                (int) searches.stream()
                        .filter(search -> search.thrown() == null)
                        .count(),
                searches.stream().mapToInt(Ended::runningOn).sum(),
                searches.stream().mapToInt(Ended::failures).sum(),
                searches.stream().mapToInt(Ended::lost).sum());
    }

    /** A search that has ended. Its suppliers may go on. */
    record Ended(
            FlakySuppliers suppliers,
            int runningOn,
            @Nullable Throwable thrown) {
        static Ended now(FlakySuppliers suppliers, @Nullable Throwable thrown) {
            return new Ended(suppliers, suppliers.running(), thrown);
        }

        private int failures() {
            return suppliers.failures().size();
        }

        private int lost() {
            Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
            collect(thrown, told);
            return (int) suppliers.failures().stream()
                    .filter(failure -> !told.contains(failure))
                    .count();
        }

        /** Whatever can be reached from an exception: nobody can say that it was hidden too well. */
        private static void collect(@Nullable Throwable thrown, Set<Throwable> told) {
            if (thrown != null && told.add(thrown)) {
                collect(thrown.getCause(), told);
                for (Throwable suppressed : thrown.getSuppressed()) {
                    collect(suppressed, told);
                }
            }
        }
    }
}
