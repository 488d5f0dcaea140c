package io.taskgroup.benchmarks;

/**
 * One benchmark in one size and setting.
 *
 * @param workload what is done
 * @param peer who does it: the name of the benchmark method
 * @param n the size of the workload
 * @param setting how the JVM is set up
 */
record Subject(Workload workload, String peer, int n, Setting setting) {
    Subject by(String otherPeer) {
        return new Subject(workload, otherPeer, n, setting);
    }

    Subject of(int otherN) {
        return new Subject(workload, peer, otherN, setting);
    }

    int tasks() {
        return workload.tasks(n);
    }
}
