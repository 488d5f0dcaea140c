package io.taskgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RosterTest {
    private final Roster<Object> roster = new Roster<>();
    private final Together together = new Together();

    @AfterEach
    void endThreads() {
        together.close();
    }

    // ---- one thread

    /** Whoever finds a member must be able to take it out again. */
    @Test
    void aMemberKnowsItsSlotBeforeAnyoneSeesItThere() {
        List<Boolean> wasSeen = new ArrayList<>();
        int[] known = new int[1];
        List<Roster<String>> itself = new ArrayList<>();
        Roster<String> knowing = new Roster<>((member, slot) -> {
            wasSeen.add(itself.get(0).members().contains(member));
            known[0] = slot;
        });
        itself.add(knowing);
        knowing.add("first");
        int slot = knowing.add("second");
        assertThat(known[0]).isEqualTo(slot);
        assertThat(wasSeen).containsExactly(false, false);
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(roster.members()).isEmpty();
        assertThat(roster.size()).isZero();
        assertThat(roster.next(member -> true)).isNull();
        assertThat(roster.any(member -> true)).isFalse();
        assertThat(roster.slots()).isEqualTo(8);
    }

    @Test
    void givesSlotsInTurn() {
        assertThat(roster.add("a")).isEqualTo(0);
        assertThat(roster.add("b")).isEqualTo(1);
        assertThat(roster.add("c")).isEqualTo(2);
        assertThat(roster.members()).containsExactly("a", "b", "c");
        assertThat(roster.size()).isEqualTo(3);
    }

    @Test
    void aMemberThatWasRemovedIsNoneAnyMore() {
        roster.add("a");
        int slot = roster.add("b");
        roster.add("c");
        roster.remove(slot);
        assertThat(roster.members()).containsExactly("a", "c");
        assertThat(roster.size()).isEqualTo(2);
        assertThat(roster.any("b"::equals)).isFalse();
    }

    @Test
    void aFreedSlotIsTakenAgainWhenItsTurnComes() {
        int first = roster.add("first");
        roster.remove(first);
        for (int i = 1; i < 8; i++) {
            assertThat(roster.add("stays")).isNotEqualTo(first);
        }
        assertThat(roster.add("second")).isEqualTo(first);
        assertThat(roster.slots()).isEqualTo(8);
    }

    @Test
    void ofTheFreeSlotsTheNextOneUpwardIsTaken() {
        for (int i = 0; i < 8; i++) {
            roster.add("stays");
        }
        roster.remove(2);
        roster.remove(6);
        assertThat(roster.add("first")).isEqualTo(2);
        assertThat(roster.add("second")).isEqualTo(6);
    }

    @Test
    void membersThatComeAndGoInTurnNeedNoMoreSlots() {
        for (int i = 0; i < 10_000; i++) {
            roster.remove(roster.add("passes"));
        }
        assertThat(roster.slots()).isEqualTo(8);
        assertThat(roster.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8, 9, 16, 17, 31, 32, 33, 1000, 4097})
    void anyNumberOfMembersKeepTheirSlotsWhileItGrows(int count) {
        List<Integer> slots = IntStream.range(0, count).mapToObj(roster::add).toList();
        assertThat(slots).doesNotHaveDuplicates();
        assertThat(roster.size()).isEqualTo(count);
        assertThat(roster.members()).containsExactlyInAnyOrderElementsOf(range(count));
        for (int i = 0; i < count; i++) {
            assertThat(roster.any(Integer.valueOf(i)::equals)).isTrue();
            roster.remove(slots.get(i));
            assertThat(roster.any(Integer.valueOf(i)::equals)).isFalse();
        }
        assertThat(roster.size()).isZero();
    }

    private static List<Object> range(int count) {
        return IntStream.range(0, count).<Object>mapToObj(i -> i).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void thereAreAtMostFourTimesAsManySlotsAsThereEverWereMembersAtOnce(long seed) {
        Random random = new Random(seed);
        List<Integer> taken = new ArrayList<>();
        int most = 2;
        for (int i = 0; i < 20_000; i++) {
            boolean comes = taken.isEmpty() || random.nextInt(1000) < 510;
            if (comes) {
                taken.add(roster.add(i));
            } else {
                roster.remove(taken.remove(random.nextInt(taken.size())));
            }
            most = Math.max(most, taken.size());
            assertThat(roster.slots()).isLessThanOrEqualTo(4 * most);
        }
        assertThat(roster.size()).isEqualTo(taken.size());
        assertThat(most).isGreaterThan(100);
    }

    @Test
    void hasAsManyMembersAsItWasToldOfWhateverComesAndGoes() {
        Random random = new Random(1);
        TreeMap<Integer, Object> expected = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            if (expected.size() > 60 || !expected.isEmpty() && random.nextBoolean()) {
                int slot = List.copyOf(expected.keySet()).get(random.nextInt(expected.size()));
                expected.remove(slot);
                roster.remove(slot);
            } else {
                assertThat(expected.put(roster.add(i), i))
                        .as("what was in the slot")
                        .isNull();
            }
            assertThat(roster.members()).containsExactlyElementsOf(expected.values());
        }
    }

    @Test
    void aMemberThatHasLeftIsLetGoOfAtOnce() {
        WeakReference<Object> left = addAndRemove();
        await().pollInSameThread().until(() -> {
            System.gc();
            return left.get() == null;
        });
        assertThat(roster.size()).isEqualTo(1);
    }

    /** In a method of its own: no local variable of the caller holds the member. */
    private WeakReference<Object> addAndRemove() {
        Object member = new Object();
        int slot = roster.add(member);
        roster.add("stays");
        assertThat(roster.next(wanted -> wanted == member)).isSameAs(member);
        roster.remove(slot);
        return new WeakReference<>(member);
    }

    // ---- looking

    @Test
    void nextGoesThroughTheMembersAndBeginsAgain() {
        roster.add("a");
        roster.add("b");
        roster.add("c");
        assertThat(IntStream.range(0, 7).mapToObj(i -> roster.next(member -> true)))
                .containsExactly("a", "b", "c", "a", "b", "c", "a");
    }

    @Test
    void nextPassesWhatIsNotWanted() {
        roster.add("a");
        roster.add("b");
        roster.add("c");
        assertThat(roster.next(member -> !member.equals("a"))).isEqualTo("b");
        assertThat(roster.next(member -> !member.equals("c"))).isEqualTo("a");
        assertThat(roster.next(member -> false)).isNull();
    }

    @Test
    void nextFindsAMemberBehindTheLastOneToo() {
        int first = roster.add("a");
        for (int i = 0; i < 40; i++) {
            roster.add(i);
        }
        assertThat(roster.next(Integer.valueOf(39)::equals)).isEqualTo(39);
        assertThat(roster.next("a"::equals)).isEqualTo("a");
        roster.remove(first);
        assertThat(roster.next("a"::equals)).isNull();
    }

    @Test
    void nextGoesOnLookingWhenWhatItFoundHasJustLeft() {
        int leaver = roster.add("leaver");
        roster.add("other");
        assertThat(roster.next(member -> {
                    if (member.equals("leaver")) {
                        roster.remove(leaver);
                    }
                    return true;
                }))
                .isEqualTo("other");
    }

    @Test
    void anyDoesNotMoveWhereNextLooks() {
        roster.add("a");
        roster.add("b");
        assertThat(roster.any("b"::equals)).isTrue();
        assertThat(roster.any("c"::equals)).isFalse();
        assertThat(roster.next(member -> true)).isEqualTo("a");
    }

    // ---- many threads

    /** Whoever adds finds its slot its own: nobody else gets it before it is given back. */
    @Test
    void manyThreadsThatAddAndRemoveLoseNothingAndShareNoSlot() throws Exception {
        int threads = 4;
        int most = 40;
        AtomicInteger[] holders = IntStream.range(0, 4 * threads * most)
                .mapToObj(i -> new AtomicInteger())
                .toArray(AtomicInteger[]::new);
        List<List<Object>> left = together.each(threads, me -> {
            Random random = new Random(me);
            Deque<Integer> slots = new ArrayDeque<>();
            Deque<Object> mine = new ArrayDeque<>();
            for (int i = 0; i < 20_000; i++) {
                if (slots.size() == most || !slots.isEmpty() && random.nextBoolean()) {
                    int slot = slots.remove();
                    mine.remove();
                    assertThat(holders[slot].getAndDecrement()).isEqualTo(1);
                    roster.remove(slot);
                } else {
                    Object member = List.of(me, i);
                    int slot = roster.add(member);
                    assertThat(holders[slot].getAndIncrement()).isZero();
                    slots.add(slot);
                    mine.add(member);
                    assertThat(roster.members()).contains(member);
                }
            }
            return List.copyOf(mine);
        });
        List<Object> all = left.stream().flatMap(List::stream).toList();
        assertThat(roster.members()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(roster.size()).isEqualTo(all.size());
    }

    @Test
    void threadsThatGrowItAtTheSameTimeGrowItOnce() throws Exception {
        for (int round = 0; round < 500; round++) {
            Roster<Object> raced = new Roster<>();
            for (int i = 0; i < 8; i++) {
                raced.add("first");
            }
            together.each(3, me -> raced.add(me));
            assertThat(raced.slots()).isEqualTo(16);
            assertThat(raced.members()).hasSize(11).contains(0, 1, 2);
        }
    }

    /** As tasks are begun: each is looked for, claimed, and removed by the one that claimed it. */
    @Test
    void everyMemberIsFoundAndTakenOnceWhileOthersCome() throws Exception {
        int members = 20_000;
        AtomicInteger taken = new AtomicInteger();
        AtomicBoolean wrong = new AtomicBoolean();
        Roster<Claim> claims = new Roster<>();
        together.each(4, me -> {
            if (me == 0) {
                for (int i = 0; i < members; i++) {
                    Claim claim = new Claim();
                    claim.slot = claims.add(claim);
                    claim.entered = true;
                }
                return me;
            }
            while (taken.get() < members) {
                Claim found = claims.next(Claim::isFree);
                if (found != null && found.taken.compareAndSet(false, true)) {
                    claims.remove(found.slot);
                    taken.incrementAndGet();
                    wrong.compareAndSet(false, found.left);
                    found.left = true;
                }
            }
            return me;
        });
        assertThat(wrong).isFalse();
        assertThat(taken).hasValue(members);
        assertThat(claims.size()).isZero();
    }

    private static final class Claim {
        private final AtomicBoolean taken = new AtomicBoolean();
        private volatile boolean entered; // its slot is known
        private volatile boolean left;
        private int slot;

        boolean isFree() {
            return entered && !taken.get();
        }
    }

    /** A look may miss what comes or goes meanwhile, but nothing that is there all the time. */
    @Test
    void aLookWhileOthersComeAndGoSeesWhoeverStaysOnce() throws Exception {
        List<Object> staying = range(50);
        for (Object stays : staying) {
            roster.add(stays);
        }
        AtomicBoolean over = new AtomicBoolean();
        together.each(3, me -> {
            if (me == 0) {
                for (int i = 0; i < 5_000; i++) {
                    List<Object> seen = roster.members();
                    Set<Object> once = Collections.newSetFromMap(new IdentityHashMap<>());
                    once.addAll(seen);
                    assertThat(once).hasSameSizeAs(seen);
                    assertThat(seen).containsAll(staying);
                    assertThat(roster.size()).isGreaterThanOrEqualTo(staying.size());
                }
                over.set(true);
            }
            while (!over.get()) {
                roster.remove(roster.add(new Object()));
            }
            return me;
        });
        assertThat(roster.members()).containsExactlyInAnyOrderElementsOf(staying);
    }
}
