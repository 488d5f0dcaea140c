package io.taskgroup.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;

import io.taskgroup.TaskGroupFactory;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.skyscreamer.jsonassert.JSONAssert;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** The service of {@code docs/quickstart.md}. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "spring.security.user.password=secret"})
class TeapotControllerTest {
    private static final Document PAGE = Document.named("docs/quickstart.md");

    @Autowired
    Environment environment;

    @Autowired
    TaskGroupFactory groups;

    @MockitoSpyBean
    Suppliers suppliers;

    @Test
    void thePageHasAllThreeParts() throws Exception {
        String answer = new LocalClient(environment).get("/teapot", "application/json");
        JSONAssert.assertEquals(PAGE.output(getClass(), "page"), answer, true);
    }

    @Test
    void aSupplierThatFailsIsABadGateway() throws Exception {
        doAnswer(call -> {
                    new CountDownLatch(1).await();
                    return "never";
                })
                .when(suppliers)
                .product();
        doThrow(new UncheckedIOException(new ConnectException("Connection refused")))
                .when(suppliers)
                .stock();
        HttpResponse<String> answer = new LocalClient(environment).answer("/teapot", "application/json");
        assertThat(answer.statusCode()).isEqualTo(502);
        JSONAssert.assertEquals(PAGE.output(getClass(), "problem"), answer.body(), false);
    }

    @Test
    void aPageThatSomebodyCancelsIsAnUnavailableService() throws Exception {
        doAnswer(call -> {
                    groups.find(groups.snapshot().get(0).id()).orElseThrow().cancel("by an operator");
                    return "too late";
                })
                .when(suppliers)
                .product();
        HttpResponse<String> answer = new LocalClient(environment).answer("/teapot", "application/json");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("REQUESTED: by an operator");
    }
}
