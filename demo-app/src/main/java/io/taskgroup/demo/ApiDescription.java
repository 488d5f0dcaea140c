package io.taskgroup.demo;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.context.annotation.Configuration;

/** The head of the API page. */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(
        info = @Info(title = "The trip desk", version = "1", description = "Tasks started together end together."),
        tags = {
            @Tag(name = "Trips", description = "Many suppliers are asked at once."),
            @Tag(name = "Suppliers", description = "Break one, and watch."),
            @Tag(name = "Tutorial", description = "The three examples of the asyncio tutorial, each with a log."),
            @Tag(name = "Simulation", description = "The suppliers themselves. The desk calls them over HTTP.")
        })
class ApiDescription {}
