package io.taskgroup.demo.trip;

import static java.util.Comparator.comparingInt;

import io.taskgroup.JoinPolicy;
import io.taskgroup.OnTimeout;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupCancelledException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.demo.supplier.FailedSupplier;
import io.taskgroup.demo.supplier.Journey;
import io.taskgroup.demo.supplier.Kind;
import io.taskgroup.demo.supplier.Offer;
import io.taskgroup.demo.supplier.SupplierClient;
import io.taskgroup.demo.supplier.SupplierDirectory;
import io.taskgroup.demo.supplier.SupplierException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.springframework.stereotype.Service;

/** Finds single offers: all that come in time, or the one that comes first. */
@Service
class OfferFinder {
    /** A failure is not the others' business, and what is late is left behind. */
    private static final TaskGroupOptions BEST_EFFORT =
            TaskGroupOptions.named("offers").withPolicy(JoinPolicy.awaitAll()).withOnTimeout(OnTimeout.MOVE_ON);

    /** The first success ends the others. */
    private static final TaskGroupOptions RACE =
            TaskGroupOptions.named("fastest").withPolicy(JoinPolicy.anySuccessful());

    private final TaskGroupFactory groups;
    private final SupplierClient suppliers;
    private final SupplierDirectory directory;

    OfferFinder(TaskGroupFactory groups, SupplierClient suppliers, SupplierDirectory directory) {
        this.groups = groups;
        this.suppliers = suppliers;
        this.directory = directory;
    }

    Offers all(Journey journey) throws InterruptedException {
        return groups.call(BEST_EFFORT, group -> {
            List<Task<Offer>> asked = new ArrayList<>();
            for (String supplier : directory.all()) {
                asked.add(group.fork(supplier, () -> suppliers.offer(supplier, journey)));
            }
            group.join(); // until all have answered, or the deadline
            return sort(asked);
        });
    }

    Offer fastestFlight(Journey journey) throws InterruptedException {
        return groups.call(RACE, group -> {
            List<Offer> arrived = new ArrayList<>(); // a plain list will do: callbacks run one at a time
            try {
                for (String airline : directory.sellersOf(Kind.FLIGHT)) {
                    group.fork(airline, () -> suppliers.offer(airline, journey))
                            .onCompletion(task -> addIfSuccessful(task, arrived));
                }
            } catch (TaskGroupCancelledException decided) {
                // the race was over before everybody had started
            }
            group.join();
            return arrived.stream().findFirst().orElseThrow(() -> new CancellationException("the race was called off"));
        });
    }

    private static void addIfSuccessful(Task<Offer> task, List<Offer> arrived) {
        if (task.exception().isEmpty() && !task.isCancelRequested()) {
            arrived.add(task.result());
        }
    }

    private static Offers sort(List<Task<Offer>> asked) {
        List<Offer> offers = new ArrayList<>();
        List<FailedSupplier> failed = new ArrayList<>();
        List<String> late = new ArrayList<>();
        for (Task<Offer> task : asked) {
            switch (task.state()) {
                case SUCCEEDED -> offers.add(task.result());
                case FAILED -> failed.add(FailedSupplier.of(failure(task)));
                case CANCELLED -> late.add(task.name());
                case PENDING, RUNNING -> throw new IllegalStateException(task + " outlived the join");
            }
        }
        offers.sort(comparingInt(Offer::euros));
        return new Offers(offers, failed, late);
    }

    private static SupplierException failure(Task<Offer> task) {
        return task.exception()
                .filter(SupplierException.class::isInstance)
                .map(SupplierException.class::cast)
                .orElseThrow(() -> new IllegalStateException(task + " failed for a reason of ours"));
    }
}
