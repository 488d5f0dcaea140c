package io.taskgroup.docs;

import static io.taskgroup.OnTimeout.MOVE_ON;
import static io.taskgroup.TaskGroupOptions.named;
import static io.taskgroup.TaskState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taskgroup.JoinPolicy;
import io.taskgroup.Task;
import io.taskgroup.TaskFailure;
import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupTimeoutException;
import io.taskgroup.TaskState;
import io.taskgroup.docs.Shop.Closed;
import io.taskgroup.docs.Shop.Late;
import io.taskgroup.docs.Shop.Offer;
import io.taskgroup.docs.Shop.Open;
import io.taskgroup.docs.Shop.Silent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The code and the output of {@code docs/recipes.md}, but for what needs Spring. */
@Timeout(60)
class RecipesTest {
    private static final Document PAGE = Document.named("docs/recipes.md");
    private static final Shop ANNA = new Open("anna", 500);
    private static final Shop BEN = new Open("ben", 400);

    /** Ends when a shop is late. */
    private final Duration patience = Duration.ofMinutes(10);

    private final TaskGroupFactory groups = TaskGroupFactory.create();

    @AfterEach
    void closeTheFactory() {
        groups.close();
    }

    private List<Offer> offersOfAll(List<Shop> shops) throws InterruptedException {
        List<Offer> offers = groups.map("offers", shops, Shop::offer);
        return offers;
    }

    @Test
    void theSameForManyGivesResultsInOrder() throws Exception {
        assertThat(offersOfAll(List.of(ANNA, BEN))).containsExactly(ANNA.offer(), BEN.offer());
    }

    private List<Offer> offersInTime(List<Shop> shops) throws InterruptedException {
        var inTime = named("offers").withTimeout(patience);
        List<Offer> offers = groups.call(inTime, group -> {
            List<Task<Offer>> asked = new ArrayList<>();
            for (Shop shop : shops) {
                asked.add(group.fork(shop.name(), shop::offer));
            }
            group.join();
            return asked.stream().map(Task::result).toList();
        });
        return offers;
    }

    @Test
    void aGroupThatIsLateSaysWhoWasNotDone() throws Exception {
        assertThat(offersInTime(List.of(ANNA, BEN))).containsExactly(ANNA.offer(), BEN.offer());
        TaskGroupTimeoutException late = catchThrowableOfType(
                TaskGroupTimeoutException.class, () -> offersInTime(List.of(ANNA, new Late("carl"))));
        assertThat(late.toString()).matches(PAGE.outputForm(getClass(), "timeout"));
    }

    private List<Offer> offersThatCame(List<Shop> shops) throws InterruptedException {
        var bestEffort = named("offers").withTimeout(patience, MOVE_ON).withPolicy(JoinPolicy.awaitAll());
        List<Offer> offers = groups.call(bestEffort, group -> {
            List<Task<Offer>> asked = new ArrayList<>();
            for (Shop shop : shops) {
                asked.add(group.fork(shop.name(), shop::offer));
            }
            group.join(); // until all have ended, or the deadline
            return asked.stream()
                    .filter(task -> task.state() == SUCCEEDED)
                    .map(Task::result)
                    .toList();
        });
        return offers;
    }

    @Test
    void withBestEffortOneGetsWhatCame() throws Exception {
        assertThat(offersThatCame(List.of(ANNA, new Closed("dora"), BEN, new Late("carl"))))
                .containsExactly(ANNA.offer(), BEN.offer());
    }

    private Offer firstOffer(Shop first, Shop second) throws InterruptedException {
        Offer offer = groups.any("first-offer", List.of(first::offer, second::offer));
        return offer;
    }

    private List<Offer> twoOffers(List<Shop> shops) throws InterruptedException {
        var twoOfThem = named("two-offers").withPolicy(JoinPolicy.quorum(2));
        List<Offer> offers = new ArrayList<>();
        groups.run(twoOfThem, group -> {
            for (Shop shop : shops) {
                group.fork(shop.name(), shop::offer).onCompletion(task -> {
                    if (task.state() == SUCCEEDED) {
                        offers.add(task.result());
                    }
                });
            }
        });
        return offers;
    }

    @Test
    void theFirstSuccessWins() throws Exception {
        assertThat(firstOffer(new Silent("carl"), ANNA)).isEqualTo(ANNA.offer());
        assertThatThrownBy(() -> firstOffer(new Closed("carl"), new Closed("dora")))
                .isInstanceOf(TaskGroupException.class);
    }

    @Test
    void aQuorumEndsTheRest() throws Exception {
        assertThat(twoOffers(List.of(new Silent("carl"), new Closed("dora"), ANNA, BEN)))
                .containsExactlyInAnyOrder(ANNA.offer(), BEN.offer());
    }

    private List<String> fewAtOnce(List<String> images) throws InterruptedException {
        var fourAtOnce = named("thumbnails").withMaxConcurrency(4);
        List<String> thumbnails = groups.map(fourAtOnce, images, this::thumbnail);
        return thumbnails;
    }

    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private String thumbnail(String image) {
        most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
        Thread.yield();
        atWork.decrementAndGet();
        return image + " (small)";
    }

    @Test
    void noMoreThanTheLimitRunAtOnce() throws Exception {
        List<String> images =
                IntStream.range(0, 100).mapToObj(i -> "image " + i).toList();
        assertThat(fewAtOnce(images)).hasSize(100).first().isEqualTo("image 0 (small)");
        assertThat(most.get()).isBetween(1, 4);
    }

    record Trip(Offer flight, Offer hotel) {}

    private Trip trip(List<Shop> airlines, List<Shop> hotels) throws InterruptedException {
        Trip trip = groups.call("trip", group -> {
            Task<Offer> flight = group.fork("flight", () -> cheapest("airlines", airlines));
            Task<Offer> hotel = group.fork("hotel", () -> cheapest("hotels", hotels));
            return new Trip(flight.await(), hotel.await());
        });
        return trip;
    }

    private Offer cheapest(String groupName, List<Shop> shops) throws InterruptedException {
        return groups.map(groupName, shops, Shop::offer).stream()
                .min(Comparator.comparing(Offer::cents))
                .orElseThrow();
    }

    @Test
    void aFailureInAnInnerGroupEndsTheOuterOne() throws Exception {
        assertThat(trip(List.of(ANNA), List.of(ANNA, BEN))).isEqualTo(new Trip(ANNA.offer(), BEN.offer()));
        TaskGroupException failed = catchThrowableOfType(
                TaskGroupException.class, () -> trip(List.of(new Silent("carl")), List.of(BEN, new Closed("dora"))));
        assertThat(failed.toTree()).isEqualTo(PAGE.output(getClass(), "tree"));
    }

    private void handOut(List<Shop> shops, Consumer<Offer> page) throws InterruptedException {
        groups.run("search", group -> {
            for (Shop shop : shops) {
                group.fork(shop.name(), shop::offer).onCompletion(task -> {
                    if (task.state() == SUCCEEDED) {
                        page.accept(task.result());
                    }
                });
            }
        });
    }

    private void takeInTurn(List<Shop> shops, Consumer<Offer> page) throws InterruptedException {
        groups.run("search", group -> {
            BlockingQueue<Task<Offer>> ended = new LinkedBlockingQueue<>();
            for (Shop shop : shops) {
                group.fork(shop.name(), shop::offer).onCompletion(ended::add);
            }
            for (int i = 0; i < shops.size(); i++) {
                page.accept(ended.take().result());
            }
        });
    }

    @Test
    void resultsAreHandedOutAsTheyCome() throws Exception {
        List<Offer> shown = new ArrayList<>();
        handOut(List.of(ANNA, BEN), shown::add);
        takeInTurn(List.of(ANNA, BEN), shown::add);
        assertThat(shown).hasSize(4).containsOnly(ANNA.offer(), BEN.offer());
        assertThatThrownBy(() -> takeInTurn(List.of(new Silent("carl"), new Closed("dora")), shown::add))
                .isInstanceOfSatisfying(
                        TaskGroupException.class,
                        failed -> assertThat(failed.failures())
                                .extracting(TaskFailure::taskName)
                                .containsExactly("dora"));
    }

    private List<String> handled(List<Shop> shops) throws InterruptedException {
        List<String> log = new ArrayList<>();
        try {
            groups.map("offers", shops, Shop::offer);
        } catch (TaskGroupException failed) {
            failed.handle(IOException.class, unreachable -> log.add("unreachable: " + unreachable.size()))
                    .handle(IllegalStateException.class, broken -> log.add("broken: " + broken.size()))
                    .orElseThrow();
        }
        return log;
    }

    @Test
    void failuresAreHandledByType() throws Exception {
        assertThat(handled(List.of(ANNA, new Closed("dora")))).containsExactly("unreachable: 1");
    }

    private void untilTheClientLeaves(Shop shop, CompletableFuture<Void> clientLeft) throws InterruptedException {
        groups.run("live", group -> {
            clientLeft.thenRun(() -> group.cancel("the client left"));
            group.fork(shop.name(), shop::offer);
        });
    }

    @Test
    void aGroupThatIsCancelledFromOutsideEndsWithoutAnException() throws Exception {
        CompletableFuture<Void> left = new CompletableFuture<>();
        left.completeAsync(() -> null);
        untilTheClientLeaves(new Silent("carl"), left);
        assertThat(groups.snapshot()).isEmpty();
    }

    private long countForEver() {
        for (long number = 0; ; number++) {
            Task.checkpoint(); // throws if this task was asked to stop
            counted.set(number);
        }
    }

    private final AtomicLong counted = new AtomicLong();

    @Test
    void codeThatNeverBlocksAsksWhetherItIsToStop() throws Exception {
        var soon = named("counting").withTimeout(Duration.ofMillis(50), MOVE_ON);
        Task<Long> counting =
                groups.<Long>settle(soon, List.of(this::countForEver)).get(0);
        assertThat(counting.state()).isEqualTo(TaskState.CANCELLED);
    }
}
