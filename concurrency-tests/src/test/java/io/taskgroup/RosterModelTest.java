package io.taskgroup;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/**
 * {@link Roster}: each thread has a member that comes under a new number and goes, or is taken back as a task is that its
 * executor refuses, and any thread asks for any of them. One place is free at first, so that the roster has to grow. How
 * pages are taken out is in the races: there are too many places on them for this.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "member", gen = IntGen.class, conf = "1:3")
public class RosterModelTest {
    private static final class Member implements Roster.Member {
        private final int thread;
        private final int number;
        private Roster.Page page;

        Member(int thread, int number) {
            this.thread = thread;
            this.number = number;
        }

        @Override
        public void listedOn(Roster.Page page) {
            this.page = page;
        }
    }

    private final JoinLatch numbers = new JoinLatch();
    private final Roster<Member> roster = new Roster<>();
    private final Member[] present = new Member[10]; // of each thread, if it is there

    public RosterModelTest() {
        add(-1); // stays
        for (int number = 2; number < 8; number++) {
            Member passing = add(-number);
            passing.page.strike(number);
        }
    }

    private Member add(int thread) {
        Member member = new Member(thread, numbers.fork());
        roster.add(member.number, member);
        return member;
    }

    @Operation
    public void come(@Param(name = "thread") int thread) {
        if (present[thread] == null) {
            present[thread] = add(thread);
        }
    }

    @Operation
    public void go(@Param(name = "thread") int thread) {
        Member member = present[thread];
        if (member != null) {
            member.page.strike(member.number);
            present[thread] = null;
        }
    }

    @Operation
    public void isRefused(@Param(name = "thread") int thread) {
        Member member = present[thread];
        if (member != null) {
            member.page.takeBack(member.number);
            if (!numbers.takeBack(member.number)) {
                member.page.strike(member.number);
            }
            present[thread] = null;
        }
    }

    @Operation
    public boolean isThere(@Param(name = "member") int thread) {
        return roster.hasOther(roster.members().get(0), member -> member.thread == thread);
    }

    @Operation
    public boolean isFound(@Param(name = "member") int thread) {
        return roster.next(member -> member.thread == thread) != null;
    }

    @Operation
    public boolean isListed(@Param(name = "member") int thread) {
        return roster.members().stream().anyMatch(member -> member.thread == thread);
    }

    @Test
    void everyInterleavingIsAnOrder() {
        ModelChecking.check(getClass());
    }
}
