package io.taskgroup.demo.booking;

import io.taskgroup.demo.TripDeskTest;

@TripDeskTest
class BookingLoadOnH2Test extends BookingLoad {}
