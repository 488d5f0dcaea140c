package io.taskgroup.demo.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jdbc.test.autoconfigure.AutoConfigureDataJdbc;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(SupplierController.class)
@AutoConfigureDataJdbc
class SupplierControllerTest {
    @Autowired
    private MockMvcTester http;

    @Autowired
    private Suppliers suppliers;

    @Test
    void allSuppliersAreListed() {
        assertThat(http.get().uri("/api/suppliers"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$[*].name")
                .asArray()
                .containsExactly(
                        "aurora-air",
                        "bluewing",
                        "cirrus",
                        "city-cars",
                        "coast-cars",
                        "grand-hotel",
                        "harbour-inn",
                        "weather-office");
    }

    @Test
    void aSupplierIsChangedAndShown() {
        String switches = """
                {"delayMillis": 100, "jitterMillis": 10, "failureRate": 0.5, "hangs": true}""";

        assertThat(put("bluewing", switches)).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                {"name": "bluewing", "delayMillis": 100, "jitterMillis": 10, "failureRate": 0.5, "hangs": true}""");
        assertThat(switchesOf("bluewing")).isEqualTo(new SupplierSwitches(100, 10, 0.5, true));
    }

    @Test
    void switchesThatAreLeftOutAreZeroOrOff() {
        assertThat(put("grand-hotel", "{}")).hasStatusOk();

        assertThat(switchesOf("grand-hotel")).isEqualTo(new SupplierSwitches(0, 0, 0, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delayMillis  | {'delayMillis': -1}     | must be greater than or equal to 0",
                "delayMillis  | {'delayMillis': 10001}  | must be less than or equal to 10000",
                "jitterMillis | {'jitterMillis': -1}    | must be greater than or equal to 0",
                "failureRate  | {'failureRate': 1.1}    | must be less than or equal to 1",
                "delayMillis  | {'delayMillis': 'soon'} | cannot be read",
                "hangs        | {'hangs': 'perhaps'}    | cannot be read",
                "delay        | {'delay': 5}            | cannot be read",
                "body         | {                       | cannot be read",
            },
            quoteCharacter = '"')
    void badInputIsABadRequestThatNamesTheParameterAndChangesNothing(String parameter, String json, String reason) {
        SupplierSwitches before = switchesOf("weather-office");

        MvcTestResult answer = put("weather-office", json.replace('\'', '"'));

        assertThat(answer).hasStatus(400).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"detail": "%1$s %2$s", "invalid": [{"parameter": "%1$s", "reason": "%2$s"}]}""".formatted(parameter, reason));
        assertThat(switchesOf("weather-office")).isEqualTo(before);
    }

    @Test
    void anUnknownSupplierIsNotFound() {
        MvcTestResult answer = put("train", "{}");

        assertThat(answer).hasStatus(404).hasContentType(APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().contains("'train'");
    }

    private MvcTestResult put(String supplier, String json) {
        return http.put()
                .uri("/api/suppliers/{supplier}", supplier)
                .contentType(APPLICATION_JSON)
                .content(json)
                .exchange();
    }

    private SupplierSwitches switchesOf(String supplier) {
        return suppliers.findById(supplier).orElseThrow().switches();
    }
}
