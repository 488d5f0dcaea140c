package io.taskgroup.demo.booking;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskgroup.demo.TripDeskTest;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same on a real PostgreSQL server, which the test starts and stops, where one is installed. */
@TripDeskTest
@ActiveProfiles("postgres")
@DirtiesContext // closes the application before its database
@EnabledIf("io.taskgroup.demo.booking.PostgresServer#isInstalled")
class BookingLoadOnPostgresTest extends BookingLoad {
    private static PostgresServer server;

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws IOException, InterruptedException {
        server.stop();
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> server.url());
        properties.add("spring.datasource.username", () -> PostgresServer.USER);
    }

    @Test
    void theDatabaseIsPostgres(@Autowired JdbcClient database) {
        assertThat(database.sql("select version()").query(String.class).single())
                .startsWith("PostgreSQL");
    }
}
