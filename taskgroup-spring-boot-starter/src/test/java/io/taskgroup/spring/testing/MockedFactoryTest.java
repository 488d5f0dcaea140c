package io.taskgroup.spring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.when;

import io.taskgroup.TaskGroupFactory;
import io.taskgroup.spring.testing.PageService.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

@SpringBootTest
class MockedFactoryTest {
    @MockitoBean
    TaskGroupFactory groups;

    @Autowired
    PageService pages;

    @Test
    void noTaskRuns() throws Exception {
        when(groups.call(eq("product-page"), any())).thenReturn(new Page("teapot", List.of()));

        assertThat(pages.page(7).product()).isEqualTo("teapot");
    }
}
