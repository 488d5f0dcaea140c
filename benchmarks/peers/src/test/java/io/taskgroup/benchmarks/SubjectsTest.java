package io.taskgroup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class SubjectsTest {
    @Test
    void everySubjectOfTheGoalsIsABenchmark() {
        assertThat(benchmarks())
                .containsAll(names(Goals.all().stream().flatMap(Goal::subjects).toList()));
    }

    @Test
    void everySubjectOfTheGuardIsABenchmark() {
        assertThat(benchmarks())
                .containsAll(
                        names(Goals.guard().stream().flatMap(Goal::subjects).toList()));
    }

    @Test
    void everySubjectOfTheFieldIsABenchmark() {
        assertThat(benchmarks()).containsAll(names(Field.all()));
    }

    @Test
    void theFullSetHasEverySubjectOfTheGoals() {
        assertThat(Field.all())
                .containsAll(Goals.all().stream().flatMap(Goal::subjects).toList());
    }

    private static Set<String> names(List<Subject> subjects) {
        return subjects.stream()
                .map(subject -> subject.workload().className() + "." + subject.peer())
                .collect(Collectors.toSet());
    }

    private static Set<String> benchmarks() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(BenchmarkListEntry::getUsername)
                .collect(Collectors.toSet());
    }
}
