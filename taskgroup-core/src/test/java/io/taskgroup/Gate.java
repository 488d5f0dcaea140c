package io.taskgroup;

import java.util.concurrent.CountDownLatch;

/** A place where a thread blocks, as on a slow supplier, until a test opens it or the thread is interrupted. */
final class Gate {
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Blocks until the gate is open; an interrupt ends that. */
    void pass() throws InterruptedException {
        arrived.countDown();
        opened.await();
    }

    /** Blocks until the gate is open, whatever happens: code that ignores a request to stop. */
    void passStubbornly() {
        arrived.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                opened.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void awaitArrival() throws InterruptedException {
        arrived.await();
    }

    void open() {
        opened.countDown();
    }
}
