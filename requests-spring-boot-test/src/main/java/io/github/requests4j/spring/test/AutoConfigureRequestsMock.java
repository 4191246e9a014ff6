package io.github.requests4j.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Puts mocks in the place of the network for all sessions that come from the
 * configuration; {@link MockSessions} can then be injected. For use beside
 * {@code @SpringBootTest}; {@link RequestsTest} has it.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ImportAutoConfiguration(MockSessionsAutoConfiguration.class)
public @interface AutoConfigureRequestsMock {

}
