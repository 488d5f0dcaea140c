package io.taskgroup;

/** What messages call a thread: virtual ones often have no name. */
final class ThreadName {
    private ThreadName() {}

    static String of(Thread thread) {
        return thread.getName().isEmpty() ? "#" + thread.getId() : thread.getName();
    }
}
