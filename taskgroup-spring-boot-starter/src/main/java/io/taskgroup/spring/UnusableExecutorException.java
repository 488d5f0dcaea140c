package io.taskgroup.spring;

/** The threads that the configuration asks for cannot be had. */
final class UnusableExecutorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    UnusableExecutorException(String description, String action) {
        super(description);
        this.action = action;
    }

    String action() {
        return action;
    }
}
