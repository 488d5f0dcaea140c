package io.taskgroup.spring.testing;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class Catalog {
    private final JdbcClient jdbc;

    Catalog(JdbcClient jdbc) {
        this.jdbc = jdbc;
        jdbc.sql("create table if not exists product (id int primary key, name varchar(100))")
                .update();
    }

    String find(int id) {
        Optional<String> name = jdbc.sql("select name from product where id = ?")
                .param(id)
                .query(String.class)
                .optional();
        return name.orElse("no product");
    }

    void add(int id, String name) {
        jdbc.sql("insert into product values (?, ?)").params(id, name).update();
    }

    void removeAll() {
        jdbc.sql("delete from product").update();
    }
}
