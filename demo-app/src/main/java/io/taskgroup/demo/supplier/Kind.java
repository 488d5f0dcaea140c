package io.taskgroup.demo.supplier;

/** What a supplier sells. */
public enum Kind {
    FLIGHT,
    HOTEL,
    CAR,
    WEATHER
}
