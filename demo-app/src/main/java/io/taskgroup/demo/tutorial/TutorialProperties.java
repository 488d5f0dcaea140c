package io.taskgroup.demo.tutorial;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The pace of the tutorial.
 *
 * @param step the time that one piece of work takes
 */
@ConfigurationProperties("demo.tutorial")
record TutorialProperties(@DefaultValue("1s") Duration step) {}
