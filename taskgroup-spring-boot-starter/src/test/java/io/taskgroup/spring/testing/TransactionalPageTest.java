package io.taskgroup.spring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import io.taskgroup.spring.TaskGroupFactoryCustomizer;
import io.taskgroup.spring.testing.PageService.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.transaction.AfterTransaction;
import org.springframework.transaction.annotation.Transactional;

@SpringBootTest
@Transactional
class TransactionalPageTest {
    @TestConfiguration
    static class TasksOnTheThreadThatForks {
        @Bean
        TaskGroupFactoryCustomizer tasksOnTheThreadThatForks() {
            return builder -> builder.executor(Runnable::run);
        }
    }

    @Autowired
    PageService pages;

    @Autowired
    Catalog catalog;

    @MockitoBean
    ReviewClient reviewClient;

    @Test
    void tasksSeeWhatTheTestHasNotCommitted() throws Exception {
        catalog.add(7, "teapot");
        when(reviewClient.list(7)).thenReturn(List.of());

        assertThat(pages.page(7)).isEqualTo(new Page("teapot", List.of()));
    }

    @AfterTransaction
    void nothingIsLeft() {
        assertThat(catalog.find(7)).isEqualTo("no product");
    }
}
