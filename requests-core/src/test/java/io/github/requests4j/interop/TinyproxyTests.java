package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions behind tinyproxy, which speaks HTTP/1.0 to its clients.
 */
@Tag("once")
class TinyproxyTests extends ForwardProxyCases {

	@TempDir
	static Path tinyproxyFolder;

	private static TinyproxyServer open;

	private static TinyproxyServer guarded;

	@BeforeAll
	static void start() throws IOException {
		open = TinyproxyServer.start(tinyproxyFolder);
		guarded = TinyproxyServer.start(tinyproxyFolder, "ann", "secret");
	}

	@AfterAll
	static void stop() {
		if (guarded != null) {
			guarded.close();
		}
		if (open != null) {
			open.close();
		}
	}

	@Override
	String openUrl() {
		return open.url();
	}

	@Override
	String guardedUrl(String userInfo) {
		return guarded.url(userInfo);
	}

	@Override
	String userInfo() {
		return "ann:secret";
	}

	// Its answer to missing credentials is 407.
	@Override
	int wrongCredentialsStatus() {
		return 401;
	}

	@Override
	void stopOpenProxy() {
		open.close();
	}

	@Override
	void restartOpenProxy() throws IOException {
		open = open.restart();
	}

}
