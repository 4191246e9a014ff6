package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The httpbin of Python, served by gunicorn.
 */
final class HttpbinApp implements AutoCloseable {

	private final int port = ServerProcess.freePort();

	private final ServerProcess process;

	private HttpbinApp(Path folder) throws IOException {
		String program = ServerProcess.program("gunicorn", "gunicorn");
		ServerProcess.file(Path.of("/usr/lib/python3/dist-packages/httpbin/__init__.py"), "python3-httpbin");
		this.process = ServerProcess.start(folder, List.of(program, "--bind", "127.0.0.1:" + this.port,
				"--worker-class", "gthread", "--threads", "8", "--preload", "--graceful-timeout", "1", "httpbin:app"),
				this.port);
	}

	static HttpbinApp start(Path folder) throws IOException {
		return new HttpbinApp(folder);
	}

	String url(String path) {
		return "http://127.0.0.1:" + this.port + path;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
