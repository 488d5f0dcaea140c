package io.taskgroup.spring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import io.taskgroup.spring.TaskGroupAutoConfiguration;
import io.taskgroup.spring.context.TaskGroupContextAutoConfiguration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(PageController.class)
@Import(PageService.class)
@ImportAutoConfiguration({TaskGroupAutoConfiguration.class, TaskGroupContextAutoConfiguration.class})
class SliceWithTaskGroupsTest {
    @Autowired
    MockMvcTester mvc;

    @MockitoBean
    Catalog catalog;

    @MockitoBean
    ReviewClient reviewClient;

    @Test
    void theServiceRunsItsTasks() {
        when(catalog.find(7)).thenReturn("teapot");
        when(reviewClient.list(7)).thenReturn(List.of());

        assertThat(mvc.get().uri("/pages/7")).hasStatusOk().bodyText().contains("teapot");
    }
}
