package io.taskgroup.spring.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a registry has observed, one line an observation: contextual name, key values, and the observation around it. */
final class ObservationLines {
    private ObservationLines() {}

    /** Returns a line for every observation, in the order of their starts. */
    static List<String> of(TestObservationRegistry registry) {
        List<String> lines = new ArrayList<>();
        TestObservationRegistryAssert.assertThat(registry)
                .hasHandledContextsThatSatisfy(contexts -> contexts.forEach(context -> lines.add(line(context))));
        return lines;
    }

    private static String line(Observation.Context context) {
        ObservationView parent = context.getParentObservation();
        return context.getContextualName()
                + keyValues(context.getLowCardinalityKeyValues())
                + (parent == null ? "" : " in " + parent.getContextView().getContextualName());
    }

    private static String keyValues(KeyValues keyValues) {
        return keyValues.stream()
                .map(keyValue -> keyValue.getKey() + "=" + keyValue.getValue())
                .collect(Collectors.joining(", ", " {", "}"));
    }
}
