package io.taskgroup.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.taskgroup.TaskGroupException;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.spring.TaskGroupAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The code of {@code docs/recipes.md} about transactions. */
class TransactionsTest {
    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    @Import({Orders.class, Stock.class})
    static class Application {
        @Bean
        EmbeddedDatabase database() {
            return new EmbeddedDatabaseBuilder()
                    .setType(EmbeddedDatabaseType.H2)
                    .generateUniqueName(true)
                    .build();
        }

        @Bean
        JdbcClient jdbcClient(EmbeddedDatabase database) {
            JdbcClient jdbc = JdbcClient.create(database);
            jdbc.sql("create table orders (id int primary key)").update();
            jdbc.sql("create table audit (id int)").update();
            return jdbc;
        }

        @Bean
        PlatformTransactionManager transactionManager(EmbeddedDatabase database) {
            return new DataSourceTransactionManager(database);
        }

        @Bean
        TransactionTemplate transactionTemplate(PlatformTransactionManager transactionManager) {
            return new TransactionTemplate(transactionManager);
        }
    }

    static class Stock {
        boolean inATransaction = true;

        void reserve(int id) {
            inATransaction = TransactionSynchronizationManager.isActualTransactionActive();
            if (id == 0) {
                throw new IllegalStateException("sold out");
            }
        }
    }

    static class Orders {
        private final TaskGroupFactory groups;
        private final JdbcClient jdbc;
        private final Stock stock;
        private final TransactionTemplate transaction;

        Orders(TaskGroupFactory groups, JdbcClient jdbc, Stock stock, TransactionTemplate transaction) {
            this.groups = groups;
            this.jdbc = jdbc;
            this.stock = stock;
            this.transaction = transaction;
        }

        @Transactional
        public void place(int id) throws InterruptedException {
            jdbc.sql("insert into orders values (?)").param(id).update();
            groups.run("order", group -> {
                group.fork("stock", () -> stock.reserve(id)); // outside of the transaction
                group.fork("audit", () -> audit(id)); // in one of its own
            });
        }

        private void audit(int id) {
            transaction.executeWithoutResult(
                    status -> jdbc.sql("insert into audit values (?)").param(id).update());
        }

        int placed() {
            return jdbc.sql("select count(*) from orders").query(Integer.class).single();
        }
    }

    private final ApplicationContextRunner spring = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TaskGroupAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    @Test
    void aFailedGroupRollsTheBodysTransactionBack() {
        spring.run(context -> {
            Orders orders = context.getBean(Orders.class);
            orders.place(7);
            assertThatExceptionOfType(TaskGroupException.class).isThrownBy(() -> orders.place(0));
            assertThat(orders.placed()).isEqualTo(1);
        });
    }

    @Test
    void aTaskIsNotInTheTransactionOfTheBody() {
        spring.run(context -> {
            context.getBean(Orders.class).place(7);
            assertThat(context.getBean(Stock.class).inATransaction).isFalse();
        });
    }
}
