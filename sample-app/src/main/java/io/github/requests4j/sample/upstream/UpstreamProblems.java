package io.github.requests4j.sample.upstream;

import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Returns the errors of the services as problem details (RFC 9457). The desk's own errors
 * are HTML pages.
 */
@RestControllerAdvice(annotations = UpstreamController.class)
class UpstreamProblems extends ResponseEntityExceptionHandler {

}
