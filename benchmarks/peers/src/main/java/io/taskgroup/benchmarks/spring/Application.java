package io.taskgroup.benchmarks.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskgroup.TaskGroupFactory;
import io.taskgroup.spring.TaskGroupAutoConfiguration;
import io.taskgroup.spring.context.TaskGroupContextAutoConfiguration;
import io.taskgroup.spring.metrics.TaskGroupMetricsAutoConfiguration;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Spring Boot application with the starter and a meter registry. */
@State(Scope.Benchmark)
public abstract class Application {
    private final ConfigurableApplicationContext context;
    private final TaskGroupFactory groups;

    Application(String... properties) {
        context = new SpringApplicationBuilder(Beans.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties("spring.threads.virtual.enabled=true")
                .properties(properties)
                .run();
        groups = context.getBean(TaskGroupFactory.class);
    }

    TaskGroupFactory groups() {
        return groups;
    }

    @TearDown
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TaskGroupAutoConfiguration.class,
        TaskGroupContextAutoConfiguration.class,
        TaskGroupMetricsAutoConfiguration.class
    })
    static class Beans {
        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }
}
