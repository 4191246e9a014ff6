package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.requests4j.testserver.TestCertificates;

/**
 * Certificates, the file of their authority, and for each test an adapter for which every
 * name leads to the loopback address.
 */
final class TlsSetting implements AfterEachCallback {

	private final TestCertificates certificates = new TestCertificates();

	private final Path authority;

	private HttpAdapter adapter = open();

	TlsSetting() {
		try {
			Path folder = Files.createTempDirectory("authority");
			folder.toFile().deleteOnExit();
			this.authority = this.certificates.writeAuthority(folder);
			this.authority.toFile().deleteOnExit();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static HttpAdapter open() {
		return HttpAdapter.builder().hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1"))).build();
	}

	TestCertificates certificates() {
		return this.certificates;
	}

	Path authority() {
		return this.authority;
	}

	HttpAdapter adapter() {
		return this.adapter;
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.adapter.close();
		this.adapter = open();
	}

}
