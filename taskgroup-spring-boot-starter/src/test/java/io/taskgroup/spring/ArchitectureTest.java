package io.taskgroup.spring;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The few rules that keep the starter what it is. The name of each test is its rule. */
class ArchitectureTest {
    private static final JavaClasses STARTER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.taskgroup.spring");

    @Test
    void features_do_not_know_each_other_and_nobody_knows_them() {
        slices().matching("io.taskgroup.(spring..)")
                .should()
                .notDependOnEachOther()
                .check(STARTER);
    }

    @Test
    void users_see_the_customizers_the_conventions_and_the_auto_configurations_only() {
        assertThat(STARTER)
                .filteredOn(type -> type.isTopLevelClass())
                .filteredOn(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .extracting(type -> type.getSimpleName())
                .containsExactlyInAnyOrder(
                        "TaskGroupFactoryCustomizer",
                        "TaskGroupOptionsCustomizer",
                        "TaskGroupObservationConvention",
                        "TaskGroupObservationContext",
                        "TaskObservationConvention",
                        "TaskObservationContext",
                        "TaskGroupObservationDocumentation",
                        "TaskGroupAutoConfiguration",
                        "TaskGroupActuatorAutoConfiguration",
                        "TaskGroupContextAutoConfiguration",
                        "TaskGroupHealthAutoConfiguration",
                        "TaskGroupMetricsAutoConfiguration",
                        "TaskGroupObservationAutoConfiguration");
    }

    @Test
    void only_the_metrics_and_the_observations_know_micrometers_meters() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.taskgroup.spring.metrics", "io.taskgroup.spring.observation")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer.core..")
                .check(STARTER);
    }

    @Test
    void only_the_context_knows_spring_security_and_spring_web() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.taskgroup.spring.context")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.security..", "org.springframework.web..")
                .check(STARTER);
    }

    @Test
    void of_spring_boot_only_packages_are_used_that_both_generations_have_but_for_the_two_health_indicators() {
        classes()
                .that()
                .haveSimpleNameNotStartingWith("SpringBoot3")
                .and()
                .haveSimpleNameNotStartingWith("SpringBoot4")
                .should()
                .onlyDependOnClassesThat(resideInAPackage("org.springframework.boot.autoconfigure")
                        .or(resideInAPackage("org.springframework.boot.actuate.endpoint.."))
                        .or(resideInAPackage("org.springframework.boot.actuate.autoconfigure.endpoint.condition"))
                        .or(resideInAPackage("org.springframework.boot.autoconfigure.condition"))
                        .or(resideInAPackage("org.springframework.boot.context.properties.."))
                        .or(resideInAPackage("org.springframework.boot.diagnostics"))
                        .or(resideInAPackage("org.springframework.boot.system"))
                        .or(resideInAPackage("org.springframework.boot..").negate()))
                .check(STARTER);
    }
}
