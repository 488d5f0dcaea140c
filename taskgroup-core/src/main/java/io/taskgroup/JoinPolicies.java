package io.taskgroup;

import java.util.Locale;

/** The library's own policies: stateless, so one instance each; a quorum has its number. */
enum JoinPolicies implements JoinPolicy {
    ALL_SUCCESSFUL {
        @Override
        public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
            return soFar.failed() + soFar.cancelled() > 0;
        }

        @Override
        public boolean isSuccess(TaskCounts atJoin) {
            return atJoin.failed() + atJoin.cancelled() == 0;
        }
    },
    NO_FAILURES {
        @Override
        public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
            return soFar.failed() > 0;
        }

        @Override
        public boolean isSuccess(TaskCounts atJoin) {
            return atJoin.failed() == 0;
        }
    },
    ANY_SUCCESSFUL {
        @Override
        public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
            return soFar.succeeded() > 0;
        }

        @Override
        public boolean isSuccess(TaskCounts atJoin) {
            return atJoin.succeeded() > 0 || atJoin.forked() == 0;
        }
    },
    AWAIT_ALL {
        @Override
        public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
            return false;
        }

        @Override
        public boolean isSuccess(TaskCounts atJoin) {
            return true;
        }
    };

    /** So many successes are enough, and fewer are a failure. */
    record Quorum(int successes) implements JoinPolicy {
        @Override
        public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
            return soFar.succeeded() >= successes;
        }

        @Override
        public boolean isSuccess(TaskCounts atJoin) {
            return atJoin.succeeded() >= successes;
        }

        @Override
        public String toString() {
            return "quorum(" + successes + ")";
        }
    }

    /** Whether a task that succeeded can make the policy cancel the rest: if not, it need not be asked about those. */
    static boolean caresForSuccess(JoinPolicy policy) {
        return !(policy instanceof JoinPolicies own) || own == ANY_SUCCESSFUL;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
