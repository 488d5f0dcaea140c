package io.taskgroup.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.taskgroup.TaskGroupFactory;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RestController;

class ArchitectureTest {
    private static final String DEMO = DemoApplication.class.getPackageName();

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(DEMO);

    @Test
    void featuresDoNotDependOnEachOtherInCircles() {
        slices().matching(DEMO + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void controllersTranslateHttpAndLeaveGroupsAndTheDatabaseToOthers() {
        noClasses()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(TaskGroupFactory.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(JdbcClient.class)
                .check(classes);
    }

    @Test
    void theDeskReachesTheSimulatedSuppliersOverHttpOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(DEMO + ".simulation..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(DEMO + ".simulation..")
                .check(classes);
    }
}
