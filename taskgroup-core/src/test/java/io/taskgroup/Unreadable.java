package io.taskgroup;

import java.util.concurrent.CancellationException;

/** Exceptions of users whose own code is broken. */
final class Unreadable {
    private Unreadable() {}

    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new NullPointerException("broken getMessage");
        }
    }

    static final class Cancellation extends CancellationException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new NullPointerException("broken getMessage");
        }
    }

    static final class Cause extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            throw new NullPointerException("broken getCause");
        }
    }
}
