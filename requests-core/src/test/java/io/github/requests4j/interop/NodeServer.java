package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.requests4j.testserver.TestCertificates;

/**
 * A Node server that returns the body of each request while it reads it. At
 * {@code /early} it responds before it has read the body, and {@code /received} returns
 * how much of that body came.
 */
final class NodeServer implements AutoCloseable {

	private static final String SCRIPT = """
			const fs = require('fs');
			const http = require('http');
			const https = require('https');

			let received = 0;

			function answer(request, response) {
				if (request.url === '/early') {
					received = 0;
					request.on('data', (data) => received += data.length);
					response.end('early');
				}
				else if (request.url === '/received') {
					response.end(String(received));
				}
				else {
					echo(request, response);
				}
			}

			function echo(request, response) {
				response.setHeader('X-Connection', request.socket.remotePort);
				response.setHeader('X-Method', request.method);
				if (request.headers['content-length'] && request.url === '/sized') {
					response.setHeader('Content-Length', request.headers['content-length']);
				}
				request.pipe(response);
			}

			function listen(server, port) {
				server.keepAliveTimeout = 1000;
				server.listen(Number(port), '127.0.0.1');
			}

			listen(http.createServer(answer), process.argv[2]);
			listen(https.createServer({ key: fs.readFileSync('server.key'), cert: fs.readFileSync('server.pem') }, answer),
					process.argv[3]);
			""";

	private final int plainPort = ServerProcess.freePort();

	private final int tlsPort = ServerProcess.freePort();

	private final ServerProcess process;

	private NodeServer(Path folder, TestCertificates certificates) throws IOException {
		var certificate = certificates.issue("localhost", "127.0.0.1");
		TestCertificates.writeCertificate(folder.resolve("server.pem"), certificate);
		TestCertificates.writeKey(folder.resolve("server.key"), certificate);
		Path script = Files.writeString(folder.resolve("echo.js"), SCRIPT);
		this.process = ServerProcess.start(folder, List.of(ServerProcess.program("node", "nodejs"), script.toString(),
				String.valueOf(this.plainPort), String.valueOf(this.tlsPort)), this.plainPort, this.tlsPort);
	}

	static NodeServer start(Path folder, TestCertificates certificates) throws IOException {
		return new NodeServer(folder, certificates);
	}

	int port(String scheme) {
		return scheme.equals("https") ? this.tlsPort : this.plainPort;
	}

	String url(String scheme, String path) {
		return scheme + "://127.0.0.1:" + port(scheme) + path;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
