package io.taskgroup.spring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

@SpringBootTest(properties = "taskgroup.executor.type=virtual")
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsPageTest {
    @Autowired
    PageService pages;

    @MockitoBean
    ReviewClient reviewClient;

    @Test
    void reviewsAreAskedForOnAVirtualThread() throws Exception {
        AtomicReference<String> asking = new AtomicReference<>();
        when(reviewClient.list(7)).thenAnswer(call -> {
            asking.set(Thread.currentThread().toString());
            return List.of();
        });

        pages.page(7);

        assertThat(asking.get()).startsWith("VirtualThread[");
    }
}
