package io.taskgroup.demo.supplier;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;

/** What a traveller asks for. */
public record Journey(
        @NotBlank @Size(max = 60) @Printable String from,
        @NotBlank @Size(max = 60) @Printable String to,
        @NotNull @TravelDate LocalDate date) {}
