package io.github.requests4j.spring;

import java.lang.reflect.Field;

import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Starts the {@link MockWebServer} fields of a test class before each test, and closes
 * them after it.
 */
public final class MockServers implements BeforeEachCallback, AfterEachCallback {

	@Override
	public void beforeEach(ExtensionContext context) throws Exception {
		forEachServer(context, MockWebServer::start);
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		forEachServer(context, MockWebServer::close);
	}

	private static void forEachServer(ExtensionContext context, Action action) throws Exception {
		for (Object test : context.getRequiredTestInstances().getAllInstances()) {
			for (Field field : ReflectionSupport.findFields(test.getClass(),
					(candidate) -> candidate.getType() == MockWebServer.class, HierarchyTraversalMode.TOP_DOWN)) {
				field.setAccessible(true);
				action.on((MockWebServer) field.get(test));
			}
		}
	}

	@FunctionalInterface
	private interface Action {

		void on(MockWebServer server) throws Exception;

	}

}
