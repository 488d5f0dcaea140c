package io.taskgroup;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the library logs in the meantime: {@code System.Logger} writes to {@code java.util.logging} here. */
final class Logged extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.taskgroup");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    Logged() {
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    List<LogRecord> records() {
        return records;
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
