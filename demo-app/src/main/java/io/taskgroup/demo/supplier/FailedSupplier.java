package io.taskgroup.demo.supplier;

/** A supplier that refused or gave no answer, and why, as clients see it. */
public record FailedSupplier(String supplier, String reason) {
    public static FailedSupplier of(SupplierException failure) {
        return new FailedSupplier(failure.supplier(), failure.reason());
    }
}
