package io.taskgroup.demo.booking;

import java.util.UUID;

/** A reservation that a supplier may hold, and that no booking needs yet. */
record PendingRelease(UUID reference, String supplier) {}
