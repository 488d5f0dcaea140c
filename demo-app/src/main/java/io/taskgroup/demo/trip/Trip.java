package io.taskgroup.demo.trip;

import io.taskgroup.demo.supplier.Offer;

/** A trip that can be booked: every part of it was offered. */
record Trip(Offer flight, Offer hotel, Offer weather) {}
