package io.taskgroup;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The few rules that keep the core what it is. The name of each test is its rule. */
class ArchitectureTest {
    private static final String[] LEAVES = {
        "Arguments",
        "Backlog",
        "CancelReason",
        "Deadline",
        "Echo",
        "Follower",
        "GroupTimer",
        "JoinLatch",
        "Roster",
        "Spin",
        "StopRequest",
        "TaskCounts",
        "TaskFailure",
        "TaskFacts",
        "ThreadName",
        "ThrowableText",
        "Turn",
        "Verdict",
        "VirtualThreads"
    };
    private static final String[] ENGINE = {"EngineFactory", "ForkedTask", "OwnedGroup"};

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.taskgroup");

    @Test
    void the_module_needs_nothing_at_run_time_but_java_base() throws Exception {
        assertThat(moduleOfCore().requires())
                .filteredOn(required -> !required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactly("java.base");
    }

    @Test
    void classes_depend_on_the_jdk_and_on_annotations_only() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.taskgroup", "java..", "jdk.jfr..", "org.jspecify.annotations")
                .check(CORE);
    }

    @Test
    void every_class_is_in_the_one_package() {
        classes().should().resideInAPackage("io.taskgroup").check(CORE);
    }

    @Test
    void only_the_documented_types_are_public() {
        assertThat(CORE)
                .filteredOn(
                        type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .extracting(JavaClass::getSimpleName)
                .containsExactlyInAnyOrder(
                        "CancelMode",
                        "CancelReason",
                        "ContextCarrier",
                        "GroupAction",
                        "GroupBody",
                        "GroupOutcome",
                        "JoinPolicy",
                        "OnTimeout",
                        "OpenTaskGroup",
                        "Task",
                        "TaskAction",
                        "TaskFunction",
                        "TaskSnapshot",
                        "GroupSnapshot",
                        "TaskCancelledException",
                        "TaskCounts",
                        "TaskFailedException",
                        "TaskFailure",
                        "TaskGroup",
                        "TaskGroupCancelledException",
                        "TaskGroupException",
                        "TaskGroupFactory",
                        "TaskGroupObserver",
                        "TaskGroupOptions",
                        "TaskGroupTimeoutException",
                        "TaskState");
    }

    @Test
    void only_CancelScope_interrupts_threads() {
        noClasses()
                .that(not(arePartOf("CancelScope")))
                .should()
                .accessTargetWhere(describe(
                        "the target is Thread.interrupt()",
                        access -> isMemberOf(Thread.class, access)
                                && access.getTarget().getName().equals("interrupt")))
                .check(CORE);
    }

    @Test
    void only_Observers_calls_observers() {
        noClasses()
                .that(not(arePartOf("Observers")))
                .should()
                .accessTargetWhere(describe(
                        "the target is a method of an observer", access -> isMemberOf(TaskGroupObserver.class, access)))
                .check(CORE);
    }

    @Test
    void no_class_looks_at_the_clock_on_the_wall() {
        noClasses()
                .should()
                .accessTargetWhere(describe(
                        "the target is the time of day, which jumps",
                        access -> access.getTarget().getName().equals("currentTimeMillis")
                                || access.getTargetOwner().getPackageName().equals("java.time")
                                        && access.getTarget().getName().equals("now")))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Date.class)
                .check(CORE);
    }

    @Test
    void only_two_classes_reach_for_what_a_later_jdk_has_and_one_asks_what_observers_override() {
        noClasses()
                .that(not(arePartOf("VirtualThreads", "ScopedValueCarrier", "Observers")))
                .should()
                .dependOnClassesThat(describe(
                        "make calls by reflection",
                        type -> type.isEquivalentTo(MethodHandle.class)
                                || type.getPackageName().equals("java.lang.reflect")))
                .check(CORE);
    }

    @Test
    void leaves_know_no_engine_type() {
        noClasses()
                .that(arePartOf(LEAVES))
                .should()
                .dependOnClassesThat(arePartOf(ENGINE))
                .check(CORE);
    }

    @Test
    void a_class_is_named_for_what_it_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Helper|Manager|Utils?)")
                .orShould()
                .haveNameMatching(".*[.$](Abstract|Base)[A-Z].*")
                .check(CORE);
    }

    /** A rule about a class that has been renamed would hold whatever the class does. */
    @Test
    void every_class_that_a_rule_names_exists() {
        assertThat(CORE.stream().map(JavaClass::getSimpleName).collect(toSet()))
                .contains("CancelScope", "Observers")
                .contains(LEAVES)
                .contains(ENGINE);
    }

    private static ModuleDescriptor moduleOfCore() throws Exception {
        Path classes = Path.of(
                Task.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (InputStream moduleInfo = Files.newInputStream(classes.resolve("module-info.class"))) {
            return ModuleDescriptor.read(moduleInfo);
        }
    }

    private static boolean isMemberOf(Class<?> type, JavaAccess<?> access) {
        return access.getTargetOwner().isAssignableTo(type);
    }

    /** Matches the classes of these simple names and everything nested in them. */
    private static DescribedPredicate<JavaClass> arePartOf(String... simpleNames) {
        Set<String> names = Set.of(simpleNames);
        return describe(
                "are part of " + String.join(", ", simpleNames),
                type -> names.contains(type.getName().replaceFirst("^io\\.taskgroup\\.([^$]*).*", "$1")));
    }
}
