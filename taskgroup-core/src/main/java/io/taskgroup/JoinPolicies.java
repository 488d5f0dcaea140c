package io.taskgroup;

import java.util.Locale;

/** The library's own policies: stateless, so one instance each. */
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
    };

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
