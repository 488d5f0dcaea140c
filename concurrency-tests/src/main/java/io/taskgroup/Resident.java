package io.taskgroup;

/** A member of a roster that is told its slot. */
final class Resident {
    /** Plain, as in a task: the roster must make it seen. */
    int slot = -1;

    void placedAt(int told) {
        slot = told;
    }
}
