package io.taskgroup.demo.supplier;

/** What a supplier answers. */
public record Offer(String supplier, String description, int euros) {}
