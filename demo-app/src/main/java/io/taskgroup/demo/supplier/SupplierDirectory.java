package io.taskgroup.demo.supplier;

import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who sells what. */
@Repository
public class SupplierDirectory {
    private final JdbcClient database;

    SupplierDirectory(JdbcClient database) {
        this.database = database;
    }

    public List<String> all() {
        return database.sql("select name from supplier order by name")
                .query(String.class)
                .list();
    }

    public List<String> sellersOf(Kind kind) {
        return database.sql("select name from supplier where kind = ? order by name")
                .param(kind.name())
                .query(String.class)
                .list();
    }

    /** Throws if that supplier does not exist, or sells something else. */
    public void requireSeller(Kind kind, String name) {
        if (!sellersOf(kind).contains(name)) {
            throw new UnknownSupplierException(kind.name().toLowerCase(Locale.ROOT) + " supplier", name);
        }
    }
}
