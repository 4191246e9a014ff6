package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.fail;

/**
 * A Dante SOCKS server. It checks passwords against the users of the system, to which
 * nss_wrapper adds one for this process alone.
 */
final class DanteServer implements AutoCloseable {

	static final String USER = "interop";

	static final String PASSWORD = "se:cret";

	/** The port to which the rules deny access. */
	static final int DENIED_PORT = 9;

	private static final String WRAPPER_PACKAGE = "libnss-wrapper";

	private static final String CONFIGURATION = """
			logoutput: stderr
			internal: 127.0.0.1 port = %1$d
			external: 127.0.0.1
			clientmethod: none
			socksmethod: %2$s
			user.privileged: %3$s
			user.unprivileged: %3$s
			client pass {
				from: 127.0.0.0/8 to: 0.0.0.0/0
			}
			socks block {
				from: 127.0.0.0/8 to: 127.0.0.0/8 port = %4$d
			}
			socks pass {
				from: 127.0.0.0/8 to: 127.0.0.0/8
				command: connect
			}
			""";

	// The hash of the password by crypt(3), SHA-512.
	private static final String HASH = "$6$interop$rgdc/4LrS3WHwObnij.AJTrySzgMfRtbAJw/Li.3wAiiDso50ynsVj21kNyLAiUA8YmT4ZcifnHxCa/bQiJS30";

	private final int port = ServerProcess.freePort();

	private final ServerProcess process;

	private DanteServer(Path folder, String method) throws IOException {
		String program = ServerProcess.program("danted", "dante-server");
		Path wrapper = wrapper();
		Path passwd = Files.writeString(folder.resolve("passwd"),
				Files.readString(Path.of("/etc/passwd")) + USER + ":x:54321:54321::/:/usr/sbin/nologin\n");
		Path shadow = Files.writeString(folder.resolve("shadow"), USER + ":" + HASH + ":19000:0:99999:7:::\n");
		Path configuration = Files.writeString(folder.resolve("danted-" + this.port + ".conf"),
				CONFIGURATION.formatted(this.port, method, System.getProperty("user.name"), DENIED_PORT));
		this.process = ServerProcess.start(folder, List.of(program, "-N", "1", "-f", configuration.toString()),
				Map.of("LD_PRELOAD", wrapper.toString(), "NSS_WRAPPER_PASSWD", passwd.toString(), "NSS_WRAPPER_GROUP",
						"/etc/group", "NSS_WRAPPER_SHADOW", shadow.toString()),
				this.port);
	}

	/** Starts a server without authentication. */
	static DanteServer start(Path folder) throws IOException {
		return new DanteServer(folder, "none");
	}

	/** Starts a server that requires user name and password. */
	static DanteServer startWithPassword(Path folder) throws IOException {
		return new DanteServer(folder, "username");
	}

	private static Path wrapper() throws IOException {
		try (Stream<Path> files = Files.find(Path.of("/usr/lib"), 2,
				(file, attributes) -> file.endsWith("libnss_wrapper.so"))) {
			return files.findFirst()
				.orElseGet(() -> fail("libnss_wrapper.so is missing, and the interoperability tests require it. "
						+ "Install Debian's package " + WRAPPER_PACKAGE + ": apt-get install --no-install-recommends "
						+ WRAPPER_PACKAGE));
		}
	}

	/** Returns the URL of the server for a scheme, with user information or without. */
	String url(String scheme, String userInfo) {
		return scheme + "://" + userInfo + "127.0.0.1:" + this.port;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
