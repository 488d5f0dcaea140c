package io.taskgroup;

import java.util.concurrent.CompletableFuture;

/** A task as a future: it completes when the task has ended, and cancelling it asks the task to stop. */
final class TaskFuture<T> extends CompletableFuture<T> {
    private final Task<T> task;

    TaskFuture(Task<T> task) {
        this.task = task;
    }

    /** Completes as the task has ended. */
    void completeAs(ForkedTask<T> ended) {
        switch (ended.state()) {
            case SUCCEEDED -> complete(ended.result());
            case FAILED -> completeExceptionally(ended.thrown());
            case CANCELLED -> completeExceptionally(Cancellation.of(ended));
            case PENDING, RUNNING -> throw new IllegalStateException(ended + " has not ended");
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return task.cancel();
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
