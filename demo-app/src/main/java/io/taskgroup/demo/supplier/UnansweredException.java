package io.taskgroup.demo.supplier;

import java.util.List;

/** Names the suppliers that were asked and had not answered when a deadline passed; suppressed in what tells of that. */
public class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String[] suppliers;

    public UnansweredException(List<String> suppliers) {
        super(suppliers.isEmpty() ? "nobody was being asked" : "no answer from " + String.join(", ", suppliers));
        this.suppliers = suppliers.toArray(String[]::new);
    }

    public List<String> suppliers() {
        return List.of(suppliers);
    }
}
