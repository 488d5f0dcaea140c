package io.taskgroup;

/**
 * How many tasks of a group were forked, and how many of those have ended in which way.
 *
 * @param forked all tasks forked so far, live ones included; a fork that was rejected does not count
 * @param succeeded those that returned a value
 * @param failed those that failed
 * @param cancelled those that were cancelled
 */
public record TaskCounts(int forked, int succeeded, int failed, int cancelled) {}
