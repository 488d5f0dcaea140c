package io.taskgroup.demo.booking;

import java.time.DateTimeException;
import java.time.LocalDate;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Reads a date that is written like {@code "2030-07-01"}. By itself Jackson also takes numbers, arrays and times for dates. */
final class IsoDate extends ValueDeserializer<LocalDate> {
    @Override
    public LocalDate deserialize(JsonParser json, DeserializationContext context) {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return (LocalDate) context.handleUnexpectedToken(LocalDate.class, json);
        }
        String text = json.getString();
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException noDate) {
            return (LocalDate) context.handleWeirdStringValue(LocalDate.class, text, "no date such as 2030-07-01");
        }
    }
}
