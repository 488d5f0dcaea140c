package io.taskgroup.spring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import io.taskgroup.spring.testing.PageService.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.annotation.Transactional;

/** Why {@link TransactionalPageTest} needs its customizer. Shares the context of {@link PageServiceTest}. */
@SpringBootTest
@AutoConfigureMockMvc
@Transactional
class UncommittedPageTest {
    @Autowired
    PageService pages;

    @Autowired
    Catalog catalog;

    @MockitoBean
    ReviewClient reviewClient;

    @Autowired
    MockMvcTester mvc;

    @Test
    void tasks_on_other_threads_do_not_see_what_the_tests_transaction_has_not_committed() throws Exception {
        catalog.add(7, "teapot");
        when(reviewClient.list(7)).thenReturn(List.of());

        assertThat(catalog.find(7)).isEqualTo("teapot");
        assertThat(pages.page(7)).isEqualTo(new Page("no product", List.of()));
    }
}
