package io.taskgroup.demo.trip;

import io.taskgroup.demo.supplier.FailedSupplier;
import io.taskgroup.demo.supplier.Offer;
import java.util.List;

/**
 * What came in time.
 *
 * @param offers the offers, the cheapest first
 * @param failed the suppliers that refused, or could not be reached
 * @param late the suppliers that were not waited for
 */
record Offers(List<Offer> offers, List<FailedSupplier> failed, List<String> late) {}
