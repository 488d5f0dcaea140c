package io.taskgroup.spring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import io.taskgroup.TaskGroupFactory;
import io.taskgroup.spring.testing.PageService.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(PageController.class)
class PageControllerTest {
    @Autowired
    MockMvcTester mvc;

    @MockitoBean
    PageService pages;

    @Test
    void aPageIsAnsweredAsJson() throws Exception {
        when(pages.page(7)).thenReturn(new Page("teapot", List.of()));

        assertThat(mvc.get().uri("/pages/7"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"product\": \"teapot\", \"reviews\": []}");
    }

    @Test
    void a_slice_has_no_factory(@Autowired ApplicationContext slice) {
        assertThat(slice.getBeansOfType(TaskGroupFactory.class)).isEmpty();
    }
}
