package io.taskgroup.spring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.when;

import io.taskgroup.TaskGroupException;
import io.taskgroup.spring.testing.PageService.Page;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@SpringBootTest
@AutoConfigureMockMvc
class PageServiceTest {
    @Autowired
    PageService pages;

    @Autowired
    Catalog catalog;

    @MockitoBean
    ReviewClient reviewClient;

    @Autowired
    MockMvcTester mvc;

    @AfterEach
    void removeProducts() {
        catalog.removeAll();
    }

    @Test
    void aPageHasTheProductAndItsReviews() throws Exception {
        catalog.add(7, "teapot");
        when(reviewClient.list(7)).thenReturn(List.of("pours well"));

        assertThat(pages.page(7)).isEqualTo(new Page("teapot", List.of("pours well")));
    }

    @Test
    void withoutReviewsThereIsNoPage() {
        when(reviewClient.list(7)).thenThrow(new UncheckedIOException(new ConnectException("refused")));

        assertThatExceptionOfType(TaskGroupException.class)
                .isThrownBy(() -> pages.page(7))
                .satisfies(failed ->
                        assertThat(failed.find(UncheckedIOException.class)).isPresent());
    }

    @Test
    void thePageIsAnsweredAsJson() {
        catalog.add(7, "teapot");
        when(reviewClient.list(7)).thenReturn(List.of("pours well"));

        assertThat(mvc.get().uri("/pages/7"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"product\": \"teapot\", \"reviews\": [\"pours well\"]}");
    }
}
