package io.taskgroup.demo.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.taskgroup.JoinPolicy;
import io.taskgroup.OpenTaskGroup;
import io.taskgroup.Task;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.TaskGroupOptions;
import io.taskgroup.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What real databases, drivers and pools make of the interrupt by which a task is asked to stop. */
@Timeout(60)
class InterruptedDatabaseTest {
    private static final String POSTGRES_IS_INSTALLED = "io.taskgroup.demo.booking.PostgresServer#isInstalled";

    @Test
    void aTaskThatWaitsForAConnectionOfThePoolIsCancelled() throws Exception {
        try (HikariDataSource pool = pool("jdbc:h2:mem:interrupted-pool");
                TaskGroupFactory groups = TaskGroupFactory.create()) {
            pool.setMaximumPoolSize(1);
            try (Connection last = pool.getConnection()) {
                Task<Integer> waiting = cancelledWhile(
                        () -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1,
                        groups,
                        () -> JdbcClient.create(pool)
                                .sql("select 1")
                                .query(Integer.class)
                                .single());

                assertThat(waiting.state()).isEqualTo(TaskState.CANCELLED);
                assertThat(waiting.exception().orElseThrow()).hasRootCauseInstanceOf(InterruptedException.class);
                assertThat(last.isClosed()).isFalse();
            }
        }
    }

    @Test
    void aTaskThatWaitsForARowOfH2FailsForTheDriverTellsOfATimeout() throws Exception {
        try (HikariDataSource pool = pool("jdbc:h2:mem:interrupted-row;LOCK_TIMEOUT=3600000");
                TaskGroupFactory groups = TaskGroupFactory.create();
                Seat seat = Seat.held(pool)) {
            Task<Integer> waiting = cancelledWhile(
                    () -> seat.isWaitedFor("select count(*) from information_schema.sessions where blocker_id > 0"),
                    groups,
                    seat::take);

            assertThat(waiting.state()).isEqualTo(TaskState.FAILED);
            assertThat(waiting.exception().orElseThrow()).isInstanceOf(QueryTimeoutException.class);
        }
    }

    @Test
    @EnabledIf(POSTGRES_IS_INSTALLED)
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads")
    void aTaskThatWaitsForARowOfPostgresOnAVirtualThreadIsCancelledAndItsConnectionIsReplaced() throws Exception {
        PostgresServer server = PostgresServer.start();
        try (HikariDataSource pool = pool(server);
                TaskGroupFactory groups =
                        TaskGroupFactory.builder().virtualThreads().build();
                Seat seat = Seat.held(pool)) {
            Task<Integer> waiting = cancelledWhile(() -> isWaitedForInPostgres(seat), groups, seat::take);

            assertThat(waiting.state()).isEqualTo(TaskState.CANCELLED);
            seat.release();
            assertThat(seat.take()).isOne();
        } finally {
            server.stop();
        }
    }

    @Test
    @EnabledIf(POSTGRES_IS_INSTALLED)
    void aTaskThatWaitsForARowOfPostgresOnAPlatformThreadGoesOnUntilItHasTheRow() throws Exception {
        PostgresServer server = PostgresServer.start();
        try (HikariDataSource pool = pool(server);
                TaskGroupFactory groups =
                        TaskGroupFactory.builder().platformThreads().build();
                Seat seat = Seat.held(pool)) {
            try (OpenTaskGroup group = groups.open("seats")) {
                Task<Integer> waiting = group.fork(seat::take);
                await().until(() -> isWaitedForInPostgres(seat));
                group.cancel();
                assertThat(isWaitedForInPostgres(seat)).isTrue();
                seat.release();
                group.join();
                assertThat(waiting.result()).isOne();
            }
        } finally {
            server.stop();
        }
    }

    /** The form of group that does not interrupt its body, which is a user of the database itself. */
    private static <T> Task<T> cancelledWhile(Callable<Boolean> waits, TaskGroupFactory groups, Callable<T> call)
            throws InterruptedException {
        TaskGroupOptions options = TaskGroupOptions.named("seats").withPolicy(JoinPolicy.awaitAll());
        try (OpenTaskGroup group = groups.open(options)) {
            Task<T> task = group.fork(call);
            await().until(waits);
            group.cancel();
            group.join();
            return task;
        }
    }

    private static boolean isWaitedForInPostgres(Seat seat) {
        return seat.isWaitedFor("select count(*) from pg_stat_activity where wait_event_type = 'Lock'");
    }

    private static HikariDataSource pool(PostgresServer server) {
        HikariDataSource pool = pool(server.url());
        pool.setUsername(PostgresServer.USER);
        return pool;
    }

    private static HikariDataSource pool(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        return pool;
    }

    /** A row that one connection has changed and not committed: whoever else wants to change it waits. */
    private record Seat(JdbcClient database, Connection holder) implements AutoCloseable {
        static Seat held(HikariDataSource pool) throws SQLException {
            JdbcClient database = JdbcClient.create(pool);
            database.sql("create table seat (taken boolean)").update();
            database.sql("insert into seat values (false)").update();
            Connection holder = pool.getConnection();
            holder.setAutoCommit(false);
            holder.createStatement().executeUpdate("update seat set taken = true");
            return new Seat(database, holder);
        }

        int take() {
            return database.sql("update seat set taken = true").update();
        }

        boolean isWaitedFor(String countOfWaiting) {
            return database.sql(countOfWaiting).query(Integer.class).single() == 1;
        }

        void release() throws SQLException {
            holder.rollback();
        }

        @Override
        public void close() throws SQLException {
            holder.close();
        }
    }
}
