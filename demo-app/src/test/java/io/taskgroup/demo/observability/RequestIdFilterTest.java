package io.taskgroup.demo.observability;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestIdFilterTest {
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final List<String> idsInTheRequest = new ArrayList<>();

    @Test
    void theCallersIdIsKept() throws Exception {
        filter("trip-42");

        assertThat(idsInTheRequest).containsExactly("trip-42");
        assertThat(response.getHeader("X-Request-Id")).isEqualTo("trip-42");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"two words", "forged\nline"})
    void aMissingOrUnfitIdIsReplaced(String sent) throws Exception {
        filter(sent);

        assertThat(idsInTheRequest).singleElement().asString().matches("[0-9a-f]{8}");
        assertThat(response.getHeader("X-Request-Id")).isEqualTo(idsInTheRequest.get(0));
    }

    @Test
    void theIdIsGoneAfterTheRequest() throws Exception {
        filter("trip-42");

        assertThat(MDC.get("requestId")).isNull();
    }

    private void filter(String sent) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        if (sent != null) {
            request.addHeader("X-Request-Id", sent);
        }
        FilterChain chain = (req, res) -> idsInTheRequest.add(MDC.get("requestId"));
        new RequestIdFilter().doFilter(request, response, chain);
    }
}
