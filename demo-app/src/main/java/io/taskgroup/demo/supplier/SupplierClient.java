package io.taskgroup.demo.supplier;

import java.util.UUID;
import java.util.function.Function;
import org.springframework.core.env.Environment;
import org.springframework.resilience.annotation.Retryable;
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
    private static final String RESERVATION = "/suppliers/{supplier}/reservations/{reference}";

    private final RestClient http;
    private final Environment environment;

    SupplierClient(RestClient.Builder http, Environment environment) {
        this.http = http.build();
        this.environment = environment;
    }

    public Offer offer(String supplier, Journey journey) {
        return ask(
                supplier,
                url -> http.get()
                        .uri(url + OFFERS, supplier, journey.from(), journey.to(), journey.date())
                        .retrieve()
                        .requiredBody(Offer.class));
    }

    public void reserve(String supplier, UUID reference) {
        ask(
                supplier,
                url -> http.put()
                        .uri(url + RESERVATION, supplier, reference)
                        .retrieve()
                        .toBodilessEntity());
    }

    /** Releases what may have been reserved, also by a call whose answer nobody has seen. Tries hard: it must be done. */
    @Retryable(includes = SupplierException.class, maxRetries = 6, delay = 50, multiplier = 2)
    public void release(String supplier, UUID reference) {
        ask(
                supplier,
                url -> http.delete()
                        .uri(url + RESERVATION, supplier, reference)
                        .retrieve()
                        .toBodilessEntity());
    }

    private <T> T ask(String supplier, Function<String, T> call) {
        try {
            // looked up at each call: the port is known only once the server has started
            return call.apply(environment.getRequiredProperty("demo.url"));
        } catch (RestClientResponseException refused) {
            throw new SupplierException(supplier, "answered " + refused.getStatusCode(), refused);
        } catch (RestClientException broken) {
            throw new SupplierException(supplier, "gave no answer", broken);
        }
    }
}
