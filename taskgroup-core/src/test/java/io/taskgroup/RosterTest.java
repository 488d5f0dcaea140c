package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RosterTest {
    private static final Predicate<Resident> ANY = member -> true;
    /** Beside twice those that have somebody: the first and the last, and some that wait to be taken out. */
    private static final int FEW_PAGES = 8;

    private final Roster<Resident> roster = new Roster<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Together together = new Together();

    @AfterEach
    void endThreads() {
        together.close();
    }

    /** A member that knows its place, as a task does. */
    private static final class Resident implements Roster.Member {
        private final int number;
        private Roster.Page page; // plain, as in a task: the roster must make it seen

        Resident(int number) {
            this.number = number;
        }

        @Override
        public void listedOn(Roster.Page page) {
            this.page = page;
        }

        void leave() {
            page.strike(number);
        }

        void takeBack() {
            page.takeBack(number);
        }

        @Override
        public String toString() {
            return "resident " + number;
        }
    }

    private Resident add() {
        return add(numbers.incrementAndGet());
    }

    private Resident add(int number) {
        Resident member = new Resident(number);
        roster.add(number, member);
        return member;
    }

    private List<Resident> add(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(this::add).toList();
    }

    private void comeAndGo(int times) {
        for (int i = 0; i < times; i++) {
            add().leave();
        }
    }

    // ---- one thread

    @Test
    void isEmptyAtFirst() {
        assertThat(roster.members()).isEmpty();
        assertThat(roster.size()).isZero();
        assertThat(roster.next(ANY)).isNull();
        assertThat(roster.hasOther(new Resident(1), ANY)).isFalse();
        assertThat(roster.pages()).isEqualTo(1);
    }

    @Test
    void aNumberWhosePageWasTakenOutIsRefused() {
        comeAndGo(1000);
        assertThatThrownBy(() -> add(100))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("number 100 was given out before");
    }

    /** Whoever finds a member must be able to strike it out. */
    @Test
    void aMemberKnowsItsPageBeforeAnyoneSeesItThere() {
        List<Integer> seenBefore = new ArrayList<>();
        Roster<Roster.Member> itself = new Roster<>();
        for (int number = 1; number <= 30; number++) {
            itself.add(number, page -> seenBefore.add(itself.size()));
        }
        assertThat(seenBefore).containsExactlyElementsOf(range(0, 29));
    }

    @Test
    void aNumberIsToComeUntilAMemberComesUnderItOrItIsSkipped() {
        assertThat(roster.toCome(0)).isZero();
        assertThat(roster.toCome(100)).isEqualTo(100);
        add(3);
        roster.skip(1);
        assertThat(roster.toCome(3)).isOne();
        roster.skip(90);
        assertThat(roster.toCome(100)).isEqualTo(97);
    }

    @Test
    void noNumberOfAPageThatWasTakenOutIsToCome() {
        comeAndGo(10_000);
        assertThat(roster.pages()).isLessThan(100);
        assertThat(roster.toCome(10_000)).isZero();
        assertThat(roster.toCome(10_001)).isOne();
    }

    @Test
    void aNumberThatIsSkippedKeepsNoPage() {
        for (int number = 1; number <= 10_000; number++) {
            roster.skip(number);
        }
        assertThat(roster.pages()).isLessThan(10);
        assertThat(roster.members()).isEmpty();
    }

    @Test
    void aMemberThatWasStruckIsNoneAnyMore() {
        Resident first = add();
        Resident second = add();
        Resident third = add();
        second.leave();
        assertThat(roster.members()).containsExactly(first, third);
        assertThat(roster.size()).isEqualTo(2);
        assertThat(roster.next(member -> member == second)).isNull();
        assertThat(roster.hasOther(first, member -> member == second)).isFalse();
    }

    @Test
    void aMemberThatWasTakenBackIsNoneAnyMore() {
        Resident first = add();
        Resident second = add();
        second.takeBack();
        assertThat(roster.members()).containsExactly(first);
        assertThat(roster.size()).isEqualTo(1);
        assertThat(roster.next(member -> member == second)).isNull();
        assertThat(roster.hasOther(first, ANY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void membersAreInTheOrderOfTheirNumbersHoweverTheyCome(long seed) {
        List<Integer> order = new ArrayList<>(range(1, 500));
        Collections.shuffle(order, new Random(seed));
        order.forEach(this::add);
        assertThat(numbersOf(roster.members())).containsExactlyElementsOf(range(1, 500));
        assertThat(roster.size()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1", "8,1", "9,2", "24,2", "25,3", "56,3", "57,4", "120,4", "121,5", "184,5", "185,6", "248,6", "249,7"
    })
    void aPageIsBegunWhenTheLastIsFull(int members, int pages) {
        List<Resident> all = add(1, members);
        assertThat(roster.pages()).isEqualTo(pages);
        assertThat(roster.members()).containsExactlyElementsOf(all);
        assertThat(roster.size()).isEqualTo(members);
        all.get(members - 1).leave();
        assertThat(roster.members()).containsExactlyElementsOf(all.subList(0, members - 1));
    }

    @Test
    void hasWhomItWasToldOfWhoeverComesAndGoes() {
        Random random = new Random(1);
        TreeMap<Integer, Resident> expected = new TreeMap<>();
        for (int i = 0; i < 10_000; i++) {
            if (expected.size() > 60 || !expected.isEmpty() && random.nextBoolean()) {
                int number = List.copyOf(expected.keySet()).get(random.nextInt(expected.size()));
                expected.remove(number).leave();
            } else {
                Resident member = add();
                expected.put(member.number, member);
            }
            assertThat(roster.members()).containsExactlyElementsOf(expected.values());
            assertThat(roster.size()).isEqualTo(expected.size());
        }
    }

    @Test
    void aMemberThatHasLeftIsLetGoOfAtOnce() {
        WeakReference<Object> struck = addFindAndLose(Resident::leave);
        WeakReference<Object> takenBack = addFindAndLose(Resident::takeBack);
        awaitCollection(List.of(struck, takenBack), 0);
        assertThat(roster.size()).isEqualTo(2);
    }

    /** In a method of its own: no local variable of the caller holds the member. */
    private WeakReference<Object> addFindAndLose(Consumer<Resident> loss) {
        Resident member = add();
        add();
        assertThat(roster.next(wanted -> wanted == member)).isSameAs(member);
        loss.accept(member);
        return new WeakReference<>(member);
    }

    private static void awaitCollection(List<? extends WeakReference<?>> references, int remaining) {
        await().pollInSameThread().until(() -> {
            System.gc();
            return references.stream().filter(one -> one.get() != null).count() <= remaining;
        });
    }

    // ---- pages

    @Test
    void aMillionMembersInTurnNeedFewPages() {
        for (int i = 0; i < 1_000_000; i++) {
            add().leave();
            assertThat(roster.pages() <= FEW_PAGES).isTrue();
        }
        assertThat(roster.size()).isZero();
    }

    /** The last look was long ago, and its page is no longer in the list. */
    @Test
    void aPageThatWasTakenOutIsLetGoOf() {
        comeAndGo(100);
        Resident found = add();
        assertThat(roster.next(ANY)).isSameAs(found);
        found.leave();
        List<WeakReference<?>> pages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            comeAndGo(63);
            Resident last = add();
            last.leave();
            pages.add(new WeakReference<>(last.page));
        }
        awaitCollection(pages, roster.pages() + 1);
    }

    /** A user may keep a task's result for long, and many tasks come after it. */
    @Test
    void aMemberThatIsKeptAfterItsEndDoesNotKeepThePagesAfterItsOwn() {
        comeAndGo(100);
        Resident kept = add();
        kept.leave();
        List<WeakReference<?>> pages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            comeAndGo(63);
            Resident last = add();
            assertThat(roster.next(ANY)).isSameAs(last); // so that the look is not what keeps them
            last.leave();
            pages.add(new WeakReference<>(last.page));
        }
        awaitCollection(pages, roster.pages() + 1);
        assertThat(kept.page).isNotNull();
    }

    @Test
    void aStragglerOnAnEarlyPageIsFoundWhileThousandsComeAndGo() {
        Resident straggler = add();
        for (int i = 0; i < 10_000; i++) {
            Resident passing = add();
            assertThat(roster.members()).containsExactly(straggler, passing);
            passing.leave();
            assertThat(roster.next(ANY)).isSameAs(straggler);
            assertThat(roster.hasOther(passing, ANY)).isTrue();
            assertThat(roster.size()).isEqualTo(1);
            assertThat(roster.pages()).isLessThanOrEqualTo(FEW_PAGES);
        }
        straggler.leave();
        assertThat(roster.members()).isEmpty();
    }

    @Test
    void ofManyStragglersNoneIsLostAndNoMoreThanTwiceTheirPagesAreKept() {
        List<Resident> stragglers = new ArrayList<>();
        int most = 1;
        for (int i = 0; i < 50; i++) {
            stragglers.add(add());
            comeAndGo(i % 3 == 0 ? 64 : 200); // some stay on neighbouring pages, some alone
        }
        for (int i = 0; i < 50_000; i++) {
            add().leave();
            most = Math.max(most, roster.pages());
        }
        assertThat(roster.members()).containsExactlyElementsOf(stragglers);
        assertThat(most).isLessThanOrEqualTo(2 * 50 + FEW_PAGES);
        stragglers.forEach(Resident::leave);
        comeAndGo(20_000);
        assertThat(roster.pages()).isLessThanOrEqualTo(FEW_PAGES);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void thereAreAtMostTwiceAsManyPagesAsEverHadSomebodyAtOnceAndAFew(long seed) {
        Random random = new Random(seed);
        List<Resident> present = new ArrayList<>();
        TreeMap<Integer, Integer> inhabited = new TreeMap<>();
        int most = 1;
        for (int i = 0; i < 20_000; i++) {
            boolean comes = present.isEmpty() || random.nextInt(1000) < 510;
            if (comes) {
                Resident member = add();
                present.add(member);
                inhabited.merge(pageOf(member.number), 1, Integer::sum);
            } else {
                Resident member = present.remove(random.nextInt(present.size()));
                member.leave();
                inhabited.computeIfPresent(pageOf(member.number), (page, count) -> count == 1 ? null : count - 1);
            }
            most = Math.max(most, inhabited.size());
            assertThat(roster.pages()).isLessThanOrEqualTo(2 * most + FEW_PAGES);
        }
        assertThat(roster.size()).isEqualTo(present.size());
        assertThat(most).isGreaterThan(10);
    }

    /** Pages have 8, 16, 32, and then 64 places. */
    private static int pageOf(int number) {
        return number <= 8 ? 0 : number <= 24 ? 1 : number <= 56 ? 2 : 3 + (number - 57) / 64;
    }

    /** Its place is empty as if nobody had come yet, so its page must not be taken for one that is done with. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8, 9, 24, 25, 56, 57, 100, 120, 184})
    void aLateMemberFindsItsPageWhenThousandsHaveComeAndGone(int late) {
        while (numbers.incrementAndGet() < 5_000) {
            if (numbers.get() != late) {
                add(numbers.get()).leave();
            }
        }
        Resident member = add(late);
        Resident next = add(5_000);
        assertThat(roster.members()).containsExactly(member, next);
        assertThat(roster.pages()).isLessThanOrEqualTo(2 * 2 + FEW_PAGES);
        member.leave();
        comeAndGo(5_000);
        assertThat(roster.members()).containsExactly(next);
        assertThat(roster.pages()).isLessThanOrEqualTo(2 + FEW_PAGES);
    }

    // ---- numbers

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8, 9, 24, 25, 56, 57, 120, 184})
    void anotherMemberMayComeUnderANumberThatWasTakenBack(int number) {
        List<Resident> before = add(1, number - 1);
        add(number).takeBack();
        Resident again = add(number);
        assertThat(roster.members()).hasSize(number).containsAll(before).endsWith(again);
        again.leave();
        assertThat(roster.members()).containsExactlyElementsOf(before);
    }

    /** As when two forks at the same time are refused, and the later one takes its number back first. */
    @ParameterizedTest
    @ValueSource(ints = {8, 24, 56, 120, 184})
    void theLastNumberOfAPageIsGivenAgainWhenThereAreLaterPages(int number) {
        add(1, number - 1).forEach(Resident::leave);
        Resident last = add(number);
        Resident first = add(number + 1);
        first.takeBack();
        last.takeBack();
        Resident lastAgain = add(number);
        Resident firstAgain = add(number + 1);
        assertThat(roster.members()).containsExactly(lastAgain, firstAgain);
        assertThat(lastAgain.page).isSameAs(last.page);
        assertThat(firstAgain.page).isSameAs(first.page);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 24, 56, 120, 184})
    void aNumberThatWasTakenBackIsGivenAgainAfterOtherPagesWereTakenOut(int number) {
        add(1, number - 1).forEach(Resident::leave);
        add(number).takeBack();
        numbers.set(number);
        comeAndGo(5_000);
        Resident again = add(number);
        Resident next = add();
        assertThat(roster.members()).containsExactly(again, next);
    }

    @Test
    void aNumberThatWasTakenBackAndIsNotGivenAgainIsStruckAndKeepsNoPage() {
        for (int i = 0; i < 5_000; i++) {
            Resident member = add();
            member.takeBack();
            member.leave();
            assertThat(roster.pages()).isLessThanOrEqualTo(FEW_PAGES);
        }
        assertThat(roster.size()).isZero();
    }

    // ---- looking

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 9, 30, 200})
    void nextGoesThroughTheMembersAndBeginsAgain(int members) {
        List<Resident> all = add(1, members);
        for (int round = 0; round < 3; round++) {
            for (Resident expected : all) {
                assertThat(roster.next(ANY)).isSameAs(expected);
            }
        }
    }

    @Test
    void nextPassesWhoIsNotWanted() {
        Resident first = add();
        Resident second = add();
        Resident third = add();
        assertThat(roster.next(member -> member != first)).isSameAs(second);
        assertThat(roster.next(member -> member != third)).isSameAs(first);
        assertThat(roster.next(member -> false)).isNull();
        assertThat(roster.next(ANY)).as("after a look that found nothing").isSameAs(second);
    }

    @Test
    void nextFindsAMemberBehindTheLastOneToo() {
        List<Resident> all = add(1, 40);
        Resident first = all.get(0);
        Resident last = all.get(39);
        assertThat(roster.next(member -> member == last)).isSameAs(last);
        assertThat(roster.next(member -> member == first)).isSameAs(first);
        first.leave();
        assertThat(roster.next(member -> member == first)).isNull();
    }

    @Test
    void nextGoesOnLookingWhenWhoWasNotWantedHasLeft() {
        Resident leaver = add();
        Resident other = add();
        assertThat(roster.next(member -> {
                    if (member == leaver) {
                        leaver.leave();
                    }
                    return member != leaver;
                }))
                .isSameAs(other);
    }

    /** A long list costs a look nothing, if the next one that is wanted follows the last. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 24, 500})
    void aLookBeginsBehindTheMemberThatTheLastOneFound(int found) {
        List<Resident> all = add(1, 1000);
        assertThat(roster.next(member -> member.number == found)).isSameAs(all.get(found - 1));
        List<Integer> asked = new ArrayList<>();
        assertThat(roster.hasOther(all.get(0), member -> asked.add(member.number)))
                .isTrue();
        assertThat(roster.next(member -> asked.add(member.number))).isSameAs(all.get(found));
        assertThat(asked).containsExactly(found + 1, found + 1);
    }

    @Test
    void hasAnotherOnlyIfOneIsWantedBesideTheGiven() {
        Resident first = add();
        assertThat(roster.hasOther(first, ANY)).isFalse();
        assertThat(roster.hasOther(new Resident(2), ANY)).isTrue();
        Resident second = add();
        assertThat(roster.hasOther(first, ANY)).isTrue();
        assertThat(roster.hasOther(first, member -> member == first)).isFalse();
        second.leave();
        assertThat(roster.hasOther(first, ANY)).isFalse();
    }

    @Test
    void hasAnotherBeforeTheGivenOneToo() {
        List<Resident> all = add(1, 100);
        Resident last = all.get(99);
        assertThat(roster.next(member -> member == last)).isSameAs(last);
        assertThat(roster.hasOther(last, member -> member.number == 3)).isTrue();
    }

    @Test
    void toAskForAnotherDoesNotMoveWhereNextLooks() {
        Resident first = add();
        Resident second = add();
        assertThat(roster.hasOther(first, member -> member == second)).isTrue();
        assertThat(roster.hasOther(first, member -> false)).isFalse();
        assertThat(roster.next(ANY)).isSameAs(first);
    }

    /** The look asks about a member that came last, from a page that is no longer in the list. */
    @Test
    void aLookThatStandsOnAPageThatIsTakenOutGoesOn() {
        Resident first = add();
        List<Resident> stragglers = new ArrayList<>();
        List<Resident> asked = new ArrayList<>();
        assertThat(roster.next(member -> {
                    asked.add(member);
                    if (member == first) {
                        first.leave();
                        comeAndGo(100);
                        stragglers.add(add());
                        comeAndGo(2_000);
                        stragglers.add(add());
                        comeAndGo(2_000);
                        stragglers.add(add());
                        return false;
                    }
                    return asked.indexOf(member) < asked.size() - 1; // when it is asked about again
                }))
                .isSameAs(stragglers.get(0));
        assertThat(roster.pages()).isLessThanOrEqualTo(2 * 3 + FEW_PAGES);
        assertThat(asked)
                .as("the rest of the first look, and the second")
                .containsExactly(first, stragglers.get(0), stragglers.get(1), stragglers.get(2), stragglers.get(0));
    }

    /** The last look has found a member on a page that is no longer in the list. */
    @Test
    void aLookThatBeginsOnAPageThatWasTakenOutGoesOn() {
        Resident found = add();
        assertThat(roster.next(ANY)).isSameAs(found);
        found.leave();
        comeAndGo(1_000);
        Resident first = add();
        comeAndGo(1_000);
        Resident second = add();
        assertThat(roster.hasOther(first, ANY)).isTrue();
        assertThat(roster.next(ANY)).isSameAs(first);
        assertThat(roster.next(ANY)).isSameAs(second);
        assertThat(roster.next(ANY)).isSameAs(first);
    }

    // ---- many threads

    /** One thread is stopped while it has the lock: the others come, go and look, as long as no new page is needed. */
    @Test
    void nobodyWaitsForALockToComeToGoOrToLook() throws Exception {
        List<Resident> all = add(1, 60);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        together.play(
                () -> {
                    synchronized (roster) {
                        locked.countDown();
                        assertThat(done.await(30, TimeUnit.SECONDS))
                                .as("the others are done")
                                .isTrue();
                    }
                },
                () -> {
                    locked.await();
                    add(61, 120).forEach(Resident::leave);
                    assertThat(roster.members()).containsExactlyElementsOf(all);
                    assertThat(roster.size()).isEqualTo(60);
                    assertThat(roster.next(ANY)).isSameAs(all.get(0));
                    assertThat(roster.hasOther(all.get(0), ANY)).isTrue();
                    done.countDown();
                });
    }

    @Test
    void manyThreadsThatComeAndGoLoseNobody() throws Exception {
        int most = 40;
        List<List<Resident>> left = together.each(4, me -> {
            Random random = new Random(me);
            Deque<Resident> mine = new ArrayDeque<>();
            for (int i = 0; i < 20_000; i++) {
                if (mine.size() == most || !mine.isEmpty() && random.nextBoolean()) {
                    Resident leaver = mine.remove();
                    leaver.leave();
                    assertThat(roster.members()).doesNotContain(leaver);
                } else {
                    mine.add(add());
                    List<Resident> seen = roster.members();
                    assertThat(seen).containsAll(mine);
                    assertThat(numbersOf(seen)).isSorted().doesNotHaveDuplicates();
                }
            }
            return List.copyOf(mine);
        });
        List<Integer> all = numbersOf(left.stream().flatMap(List::stream).toList());
        assertThat(numbersOf(roster.members())).isSorted().containsExactlyInAnyOrderElementsOf(all);
        assertThat(roster.size()).isEqualTo(all.size());
        comeAndGo(64 * (2 * all.size() + FEW_PAGES));
        assertThat(roster.pages()).isLessThanOrEqualTo(2 * all.size() + FEW_PAGES);
    }

    /** Each thread begins with its last number, so pages are needed before those in front of them. */
    @Test
    void threadsThatBringNumbersOutOfOrderMakeEachPageOnce() throws Exception {
        int threads = 3;
        for (int round = 0; round < 500; round++) {
            Roster<Resident> raced = new Roster<>();
            together.each(threads, me -> {
                for (int number = 198 + me; number > 0; number -= threads) {
                    raced.add(number, new Resident(number));
                }
                return me;
            });
            assertThat(numbersOf(raced.members())).containsExactlyElementsOf(range(1, 200));
            assertThat(raced.pages()).isEqualTo(pageOf(200) + 1);
        }
    }

    /** It has taken its number, and comes when the pages before and after it have been taken out. */
    @Test
    void aLateMemberIsListedWhilePagesAreTakenOut() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        together.each(3, me -> {
            if (me == 0) {
                for (int i = 0; i < 500; i++) {
                    int number = numbers.incrementAndGet();
                    while (numbers.get() - number < 300) {
                        Thread.onSpinWait();
                    }
                    Resident late = add(number);
                    assertThat(roster.members()).contains(late);
                    late.leave();
                }
                over.set(true);
            }
            while (!over.get()) {
                add().leave();
            }
            return me;
        });
        assertThat(roster.size()).isZero();
    }

    /** As tasks are forked that their executor refuses: the latch tells who may take back a number. */
    @Test
    void numbersThatAreTakenBackMeanwhileLoseNobodyAndKeepNoPages() throws Exception {
        JoinLatch latch = new JoinLatch();
        together.each(3, me -> {
            Random random = new Random(me);
            for (int i = 0; i < 20_000; i++) {
                Resident member = add(latch.fork());
                assertThat(roster.members()).contains(member);
                if (random.nextInt(4) > 0) {
                    member.leave();
                } else {
                    member.takeBack();
                    if (!latch.takeBack(member.number)) {
                        member.leave();
                    }
                }
            }
            return me;
        });
        assertThat(roster.size()).isZero();
        for (int i = 0; i < 1_000; i++) {
            add(latch.fork()).leave();
        }
        assertThat(roster.members()).isEmpty();
        assertThat(roster.pages()).isLessThanOrEqualTo(FEW_PAGES);
    }

    /** As when a group is cancelled while a task is forked: the task sees the reason, or is seen. */
    @Test
    void aMemberThatHasNotSeenWhatHappenedIsSeenAfterwards() throws Exception {
        int rounds = 50_000;
        List<Roster<Resident>> raced = IntStream.range(0, rounds)
                .mapToObj(round -> new Roster<Resident>())
                .toList();
        AtomicIntegerArray happened = new AtomicIntegerArray(rounds);
        boolean[] sawIt = new boolean[rounds];
        boolean[] wasSeen = new boolean[rounds];
        AtomicInteger arrived = new AtomicInteger();
        together.play(
                () -> {
                    for (int round = 0; round < rounds; round++) {
                        Roster<Resident> roster = raced.get(round);
                        Resident member = new Resident(1);
                        meet(arrived, round);
                        roster.add(1, member);
                        sawIt[round] = happened.get(round) == 1;
                    }
                },
                () -> {
                    for (int round = 0; round < rounds; round++) {
                        Roster<Resident> roster = raced.get(round);
                        meet(arrived, round);
                        happened.set(round, 1);
                        wasSeen[round] = roster.size() == 1; // which looks at its place at once
                    }
                });
        assertThat(IntStream.range(0, rounds).filter(round -> !sawIt[round] && !wasSeen[round]))
                .as("rounds in which neither saw the other")
                .isEmpty();
    }

    /** Two threads go on together; to wait at a barrier would take longer than what they race for. */
    private static void meet(AtomicInteger arrived, int meeting) {
        arrived.incrementAndGet();
        while (arrived.get() < 2 * (meeting + 1)) {
            Thread.onSpinWait();
        }
    }

    /** As tasks are begun: each is looked for, claimed, and struck out by the one that claimed it. */
    @Test
    void everyMemberIsFoundAndTakenOnceWhileOthersCome() throws Exception {
        int members = 20_000;
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger coming = new AtomicInteger();
        Roster<Claim> claims = new Roster<>();
        together.each(4, me -> {
            while (me < 2 && coming.get() < members) {
                int number = coming.incrementAndGet();
                claims.add(number, new Claim(number));
            }
            while (taken.get() < coming.get() || coming.get() < members) {
                Claim found = claims.next(Claim::isFree);
                if (found != null && found.taken.compareAndSet(false, true)) {
                    found.page.strike(found.number);
                    taken.incrementAndGet();
                }
            }
            return me;
        });
        assertThat(taken).hasValue(coming.get());
        assertThat(claims.size()).isZero();
    }

    private static final class Claim implements Roster.Member {
        private final AtomicBoolean taken = new AtomicBoolean();
        private final int number;
        private Roster.Page page;

        Claim(int number) {
            this.number = number;
        }

        @Override
        public void listedOn(Roster.Page page) {
            this.page = page;
        }

        boolean isFree() {
            return !taken.get();
        }
    }

    /** A look may miss who comes or goes meanwhile, but nobody that is there all the time. */
    @Test
    void aLookWhileOthersComeAndGoSeesWhoeverStaysOnceAndInOrder() throws Exception {
        List<Resident> staying = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            staying.add(add());
            comeAndGo(30);
        }
        AtomicBoolean over = new AtomicBoolean();
        together.each(3, me -> {
            if (me == 0) {
                for (int i = 0; i < 5_000; i++) {
                    List<Resident> seen = roster.members();
                    assertThat(numbersOf(seen)).isSorted().doesNotHaveDuplicates();
                    assertThat(seen).containsAll(staying);
                    assertThat(roster.size()).isGreaterThanOrEqualTo(staying.size());
                }
                over.set(true);
            }
            while (!over.get()) {
                add().leave();
            }
            return me;
        });
        assertThat(roster.members()).containsExactlyElementsOf(staying);
    }

    private static List<Integer> numbersOf(List<Resident> members) {
        return members.stream().map(member -> member.number).toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }
}
