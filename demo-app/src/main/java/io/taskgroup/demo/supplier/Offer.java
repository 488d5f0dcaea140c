package io.taskgroup.demo.supplier;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** What a supplier answers. It may say more. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Offer(String supplier, String description, int euros) {}
