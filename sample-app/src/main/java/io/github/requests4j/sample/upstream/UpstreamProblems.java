package io.github.requests4j.sample.upstream;

import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * The services explain their errors as problem details (RFC 9457). The desk's own errors
 * are pages.
 */
@RestControllerAdvice(annotations = UpstreamController.class)
class UpstreamProblems extends ResponseEntityExceptionHandler {

}
