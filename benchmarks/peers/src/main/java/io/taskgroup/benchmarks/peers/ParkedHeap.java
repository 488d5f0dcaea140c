package io.taskgroup.benchmarks.peers;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Parks tasks, and weighs the heap while they are parked. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class ParkedHeap {
    private final AtomicInteger parked = new AtomicInteger();
    private Thread[] threads = new Thread[0];
    private volatile boolean released;
    private long usedWithout;
    private double bytesPerTask;

    /** To be called before the first task is forked. */
    void empty(int tasks) {
        threads = new Thread[tasks];
        usedWithout = used();
    }

    /** The task. */
    void park() {
        Thread thread = Thread.currentThread();
        threads[parked.getAndIncrement()] = thread;
        while (!released) {
            LockSupport.park();
        }
    }

    /** Waits until all are parked, weighs, and lets them go. */
    void measure() {
        while (parked.get() < threads.length) {
            LockSupport.parkNanos(1_000_000);
        }
        bytesPerTask = (double) (used() - usedWithout) / threads.length;
        released = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }

    int parked() {
        return parked.get();
    }

    /** Returns the heap that a parked task holds, in bytes. */
    public double heapBytesPerTask() {
        return bytesPerTask;
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
