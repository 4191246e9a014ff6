package io.github.requests4j.spring;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

import javax.net.ServerSocketFactory;

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
		forEachServer(context, (server) -> {
			server.setServerSocketFactory(new PromptSockets());
			server.start();
		});
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

	/**
	 * The server writes head and body separately. Without this option each body would
	 * wait some 40 ms until the client's system has confirmed the head.
	 */
	private static final class PromptSockets extends ServerSocketFactory {

		@Override
		public ServerSocket createServerSocket() throws IOException {
			return new ServerSocket() {
				@Override
				public Socket accept() throws IOException {
					Socket socket = super.accept();
					socket.setTcpNoDelay(true);
					return socket;
				}
			};
		}

		@Override
		public ServerSocket createServerSocket(int port) {
			throw new UnsupportedOperationException();
		}

		@Override
		public ServerSocket createServerSocket(int port, int backlog) {
			throw new UnsupportedOperationException();
		}

		@Override
		public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
			throw new UnsupportedOperationException();
		}

	}

	@FunctionalInterface
	private interface Action {

		void on(MockWebServer server) throws Exception;

	}

}
