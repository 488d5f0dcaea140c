package io.taskgroup.demo.supplier;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Asks suppliers over HTTP. A call blocks its thread until the answer is there, and ends at once when the thread is
 * interrupted: that is all a task group needs to cancel it.
 */
@Component
public class SupplierClient {
    private static final String OFFERS = "/suppliers/{supplier}/offers?from={from}&to={to}&date={date}";

    private final RestClient http;
    private final Environment environment;

    SupplierClient(RestClient.Builder http, Environment environment) {
        this.http = http.build();
        this.environment = environment;
    }

    public Offer offer(String supplier, Journey journey) {
        // asked for at each call: the port is known only once the server has started
        String url = environment.getRequiredProperty("demo.url");
        try {
            return http.get()
                    .uri(url + OFFERS, supplier, journey.from(), journey.to(), journey.date())
                    .retrieve()
                    .requiredBody(Offer.class);
        } catch (RestClientResponseException refused) {
            throw new SupplierException(supplier, "answered " + refused.getStatusCode(), refused);
        } catch (RestClientException broken) {
            throw new SupplierException(supplier, "gave no answer", broken);
        }
    }
}
