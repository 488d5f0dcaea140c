package io.taskgroup.spring;

import io.taskgroup.TaskGroupFactory;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Every {@link TaskGroupFactory} of the application, those included that are never injected by type. One that nobody has
 * asked for yet is not created to be looked at.
 *
 * @param application whose beans they are; those of its parents are seen, too, but do not end with it
 */
record ApplicationFactories(ConfigurableApplicationContext application) implements Iterable<TaskGroupFactory> {
    List<TaskGroupFactory> own() {
        return of(application).toList();
    }

    @Override
    public Iterator<TaskGroupFactory> iterator() {
        return Stream.<ApplicationContext>iterate(
                        application, context -> context != null, ApplicationContext::getParent)
                .flatMap(ApplicationFactories::of)
                .iterator();
    }

    private static Stream<TaskGroupFactory> of(ApplicationContext context) {
        if (context instanceof ConfigurableApplicationContext application) {
            ConfigurableListableBeanFactory beans = application.getBeanFactory();
            return Arrays.stream(beans.getBeanNamesForType(TaskGroupFactory.class, false, false))
                    .filter(beans::containsSingleton)
                    .map(name -> beans.getBean(name, TaskGroupFactory.class));
        }
        return Stream.empty();
    }
}
