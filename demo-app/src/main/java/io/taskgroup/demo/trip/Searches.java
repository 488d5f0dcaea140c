package io.taskgroup.demo.trip;

import java.util.List;
import org.springframework.data.repository.ListCrudRepository;

interface Searches extends ListCrudRepository<Search, Long> {
    List<Search> findTop20ByOrderByIdDesc();
}
