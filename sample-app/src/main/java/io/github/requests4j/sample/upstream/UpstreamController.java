package io.github.requests4j.sample.upstream;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.web.bind.annotation.RestController;

/**
 * A controller of the embedded services, which {@code depot.upstream.enabled=false}
 * disables.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RestController
@ConditionalOnBooleanProperty(name = "depot.upstream.enabled", matchIfMissing = true)
@interface UpstreamController {

}
