package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.requests4j.testserver.TestCertificates;

/**
 * A HAProxy with a frontend for each case, before a server that speaks plain HTTP.
 */
final class HaproxyServer implements AutoCloseable {

	private static final String CONFIGURATION = """
			global
				maxconn 200
			defaults
				mode http
				timeout connect 2s
				timeout client 30s
				timeout server 30s
				timeout http-request 30s
				timeout http-keep-alive 30s
			frontend keep-alive
				bind 127.0.0.1:%1$d
				use_backend nobody if { path_beg /nobody }
				use_backend half-dead if { path_beg /keepalive/silent }
				default_backend origin
			frontend closing
				bind 127.0.0.1:%2$d
				option httpclose
				default_backend origin
			frontend idle
				bind 127.0.0.1:%3$d
				timeout http-keep-alive 1s
				default_backend origin
			frontend hurried
				bind 127.0.0.1:%4$d
				timeout http-request 1s
				option http-buffer-request
				default_backend origin
			frontend secure
				bind 127.0.0.1:%5$d ssl crt both.pem
				default_backend origin
			backend origin
				server alive 127.0.0.1:%6$d
			backend nobody
			backend half-dead
				balance roundrobin
				retries 3
				option redispatch 1
				server dead 127.0.0.1:%7$d
				server alive 127.0.0.1:%6$d
			""";

	private final int keepAlivePort = ServerProcess.freePort();

	private final int closingPort = ServerProcess.freePort();

	private final int idlePort = ServerProcess.freePort();

	private final int hurriedPort = ServerProcess.freePort();

	private final int securePort = ServerProcess.freePort();

	private final ServerProcess process;

	private HaproxyServer(Path folder, TestCertificates certificates, int originPort) throws IOException {
		TestCertificates.writeBoth(folder.resolve("both.pem"), certificates.issue("localhost", "127.0.0.1"));
		Path configuration = Files.writeString(folder.resolve("haproxy.cfg"),
				CONFIGURATION.formatted(this.keepAlivePort, this.closingPort, this.idlePort, this.hurriedPort,
						this.securePort, originPort, ServerProcess.freePort()));
		this.process = ServerProcess.start(folder,
				List.of(ServerProcess.program("haproxy", "haproxy"), "-db", "-f", configuration.toString()),
				this.keepAlivePort, this.closingPort, this.idlePort, this.hurriedPort, this.securePort);
	}

	static HaproxyServer start(Path folder, TestCertificates certificates, int originPort) throws IOException {
		return new HaproxyServer(folder, certificates, originPort);
	}

	/** Returns a URL for which one of two servers is dead. */
	String halfDeadUrl() {
		return url("/keepalive/silent");
	}

	/** Returns a URL for which there is no server. */
	String deadUrl() {
		return url("/nobody");
	}

	String url(String path) {
		return "http://127.0.0.1:" + this.keepAlivePort + path;
	}

	/** Returns a URL of the frontend that closes after each response. */
	String closingUrl(String path) {
		return "http://127.0.0.1:" + this.closingPort + path;
	}

	int idlePort() {
		return this.idlePort;
	}

	/**
	 * Returns a URL of the frontend that closes connections that have been idle for a
	 * second.
	 */
	String idleUrl(String path) {
		return "http://127.0.0.1:" + this.idlePort + path;
	}

	int hurriedPort() {
		return this.hurriedPort;
	}

	/** Returns a URL of the frontend that waits a second for a whole request. */
	String hurriedUrl(String path) {
		return "http://127.0.0.1:" + this.hurriedPort + path;
	}

	String secureUrl(String path) {
		return "https://127.0.0.1:" + this.securePort + path;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
