package io.taskgroup;

/** Policies as users write them. */
enum Policies implements JoinPolicy {
    /** Cancels nothing, and is content with everything. */
    TOLERANT {
        @Override
        public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
            return false;
        }

        @Override
        public boolean isSuccess(TaskCounts atJoin) {
            return true;
        }
    },
    /** Cancels nothing, and is content with nothing. */
    NEVER_CONTENT {
        @Override
        public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
            return false;
        }

        @Override
        public boolean isSuccess(TaskCounts atJoin) {
            return false;
        }
    },
    /** The first success decides. */
    FIRST_WINS {
        @Override
        public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
            return soFar.succeeded() > 0;
        }

        @Override
        public boolean isSuccess(TaskCounts atJoin) {
            return atJoin.succeeded() > 0;
        }
    };

    /** Returns a policy that is as {@link #TOLERANT}, and keeps the counts that it is asked with at the end. */
    static JoinPolicy keeping(TaskCounts[] atEnd) {
        return new JoinPolicy() {
            @Override
            public boolean cancelsRest(Task<?> ended, TaskCounts soFar) {
                return false;
            }

            @Override
            public boolean isSuccess(TaskCounts atJoin) {
                atEnd[0] = atJoin;
                return true;
            }
        };
    }
}
