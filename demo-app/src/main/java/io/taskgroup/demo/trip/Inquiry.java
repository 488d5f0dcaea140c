package io.taskgroup.demo.trip;

import io.taskgroup.demo.supplier.Journey;
import io.taskgroup.demo.supplier.Offer;
import io.taskgroup.demo.supplier.SupplierClient;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What one traveller asks suppliers, from several tasks at once; knows who has been asked and has made no offer yet. */
final class Inquiry {
    private final SupplierClient suppliers;
    private final Journey journey;
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    Inquiry(SupplierClient suppliers, Journey journey) {
        this.suppliers = suppliers;
        this.journey = journey;
    }

    Offer ask(String supplier) {
        unanswered.add(supplier);
        Offer offer = suppliers.offer(supplier, journey);
        unanswered.remove(supplier);
        return offer;
    }

    List<String> unanswered() {
        return unanswered.stream().sorted().toList();
    }
}
