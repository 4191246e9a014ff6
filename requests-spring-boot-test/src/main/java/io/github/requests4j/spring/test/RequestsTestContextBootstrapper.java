package io.github.requests4j.spring.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Bootstraps the contexts of {@link RequestsTest}.
 */
final class RequestsTestContextBootstrapper extends TestSliceTestContextBootstrapper<RequestsTest> {

}
