package io.taskgroup.demo.supplier;

/** A supplier refused what it was asked for, or gave no answer. */
public class SupplierException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String supplier;
    private final String reason;

    public SupplierException(String supplier, String reason, Throwable cause) {
        super(supplier + " " + reason, cause);
        this.supplier = supplier;
        this.reason = reason;
    }

    public String supplier() {
        return supplier;
    }

    public String reason() {
        return reason;
    }
}
