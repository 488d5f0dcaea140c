package io.taskgroup.demo.booking;

import java.util.Optional;
import org.springframework.data.repository.ListCrudRepository;

interface Bookings extends ListCrudRepository<Booking, Long> {
    Optional<Booking> findByRequestKey(String requestKey);
}
