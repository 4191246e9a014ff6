package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A tinyproxy that may require credentials.
 */
final class TinyproxyServer implements AutoCloseable {

	private static final String CONFIGURATION = """
			Listen 127.0.0.1
			Port %d
			Timeout 60
			MaxClients 50
			Allow 127.0.0.1
			%s
			""";

	private final Path folder;

	private final String access;

	private final int port;

	private final ServerProcess process;

	private TinyproxyServer(Path folder, String access, int port) throws IOException {
		this.folder = folder;
		this.access = access;
		this.port = port;
		Path configuration = Files.writeString(folder.resolve("tinyproxy-" + port + ".conf"),
				CONFIGURATION.formatted(port, access));
		this.process = ServerProcess.start(folder,
				List.of(ServerProcess.program("tinyproxy", "tinyproxy"), "-d", "-c", configuration.toString()), port);
	}

	static TinyproxyServer start(Path folder) throws IOException {
		return new TinyproxyServer(folder, "", ServerProcess.freePort());
	}

	static TinyproxyServer start(Path folder, String user, String password) throws IOException {
		return new TinyproxyServer(folder, "BasicAuth " + user + " " + password, ServerProcess.freePort());
	}

	/** Starts the same server again after it was closed. */
	TinyproxyServer restart() throws IOException {
		return new TinyproxyServer(this.folder, this.access, this.port);
	}

	String url() {
		return url("");
	}

	String url(String userInfo) {
		return "http://" + userInfo + "127.0.0.1:" + this.port;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
