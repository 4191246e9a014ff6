package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import io.github.requests4j.testserver.TestCertificates;

/**
 * An Apache httpd with a folder for each case.
 */
final class ApacheServer implements AutoCloseable {

	private static final String PACKAGE = "apache2";

	private static final String REALM = "private files";

	private static final String ACCENTED_REALM = "caf\u00e9 \u674e";

	private static final List<String> FOLDERS = List.of("files", "deflate", "chunked", "limited", "basic", "digest",
			"accented", "certified");

	private static final String CONFIGURATION = """
			ServerRoot "%1$s"
			ServerName 127.0.0.1
			DefaultRuntimeDir "%1$s"
			PidFile apache2.pid
			Mutex sem
			ErrorLog /dev/stderr
			# Ignored unless root starts the server.
			User www-data
			Group www-data
			StartServers 1
			ThreadsPerChild 25
			MinSpareThreads 1
			MaxSpareThreads 50
			MaxRequestWorkers 50
			%2$s
			Listen 127.0.0.1:%3$d
			Listen 127.0.0.1:%4$d
			Listen 127.0.0.1:%5$d
			Listen 127.0.0.1:%6$d
			Listen 127.0.0.1:%7$d
			DocumentRoot "%1$s/www"
			DirectoryIndex index.txt
			TypesConfig /dev/null
			AddType text/plain .txt
			KeepAliveTimeout 30
			Header always set X-Connection expr=%%{REMOTE_PORT}
			SSLCertificateFile server.pem
			SSLCertificateKeyFile server.key
			SSLCACertificateFile authority.pem
			SSLSessionCache none
			<Location /deflate/>
				SetOutputFilter DEFLATE
			</Location>
			<Location /chunked/>
				SetOutputFilter SUBSTITUTE
				Substitute "s/a text that is not there/x/n"
			</Location>
			<Location /limited/>
				LimitRequestBody 1048576
			</Location>
			<Location /basic/>
				AuthType Basic
				AuthName "%8$s"
				AuthBasicProvider file
				AuthUserFile basic.users
				Require valid-user
			</Location>
			<Location /digest/>
				AuthType Digest
				AuthName "%8$s"
				AuthDigestProvider file
				AuthUserFile digest.users
				AuthDigestNonceLifetime 1
				Require valid-user
			</Location>
			<Location /accented/>
				AuthType Digest
				AuthName "%9$s"
				AuthDigestProvider file
				AuthUserFile digest.users
				Require valid-user
			</Location>
			<VirtualHost 127.0.0.1:%3$d>
			</VirtualHost>
			<VirtualHost 127.0.0.1:%4$d>
				KeepAliveTimeout 1
			</VirtualHost>
			<VirtualHost 127.0.0.1:%5$d>
				MaxKeepAliveRequests 2
			</VirtualHost>
			<VirtualHost 127.0.0.1:%6$d>
				SSLEngine on
				SSLProtocol TLSv1.3
				SSLVerifyClient require
				Header always set X-Client expr=%%{SSL_CLIENT_S_DN}
			</VirtualHost>
			<VirtualHost 127.0.0.1:%7$d>
				SSLEngine on
				SSLProtocol TLSv1.2
				<Location /certified/>
					SSLVerifyClient require
				</Location>
				Header always set X-Client expr=%%{SSL_CLIENT_S_DN}
			</VirtualHost>
			""";

	private static final List<String> MODULES = List.of("mpm_event", "authz_core", "authz_user", "authn_core",
			"authn_file", "auth_basic", "auth_digest", "dir", "mime", "headers", "filter", "deflate", "substitute",
			"ssl");

	private final Path folder;

	private final int plainPort = ServerProcess.freePort();

	private final int briefPort = ServerProcess.freePort();

	private final int countedPort = ServerProcess.freePort();

	private final int mutualTlsPort = ServerProcess.freePort();

	private final int tlsPort = ServerProcess.freePort();

	private final ServerProcess process;

	private ApacheServer(Path folder, TestCertificates certificates) throws IOException {
		this.folder = folder;
		ServerProcess.publish(folder);
		for (String name : FOLDERS) {
			Files.writeString(Files.createDirectories(folder.resolve("www/" + name)).resolve("index.txt"), name);
		}
		Files.createFile(folder.resolve("basic.users"));
		Files.createFile(folder.resolve("digest.users"));
		var certificate = certificates.issue("localhost", "127.0.0.1");
		certificates.writeAuthority(folder);
		TestCertificates.writeCertificate(folder.resolve("server.pem"), certificate);
		TestCertificates.writeKey(folder.resolve("server.key"), certificate);
		String program = ServerProcess.program("apache2", PACKAGE);
		StringBuilder modules = new StringBuilder();
		for (String module : MODULES) {
			Path file = ServerProcess.file(Path.of("/usr/lib/apache2/modules/mod_" + module + ".so"), PACKAGE);
			modules.append("LoadModule ").append(module).append("_module ").append(file).append('\n');
		}
		Path configuration = Files.writeString(folder.resolve("apache2.conf"),
				CONFIGURATION.formatted(folder, modules, this.plainPort, this.briefPort, this.countedPort,
						this.mutualTlsPort, this.tlsPort, REALM, ACCENTED_REALM));
		this.process = ServerProcess.start(folder, List.of(program, "-f", configuration.toString(), "-D", "FOREGROUND"),
				this.plainPort, this.briefPort, this.countedPort, this.mutualTlsPort, this.tlsPort);
	}

	static ApacheServer start(Path folder, TestCertificates certificates) throws IOException {
		return new ApacheServer(folder, certificates);
	}

	/** Returns the folder of what {@code /name/} serves. */
	Path www(String name) {
		return this.folder.resolve("www").resolve(name);
	}

	/** Replaces all users of the folders that ask for credentials. */
	void user(String name, String password) throws IOException {
		Files.writeString(this.folder.resolve("basic.users"),
				name + ":{SHA}" + Base64.getEncoder().encodeToString(hash("SHA-1", password)) + "\n");
		Files.writeString(this.folder.resolve("digest.users"),
				digestLine(name, REALM, password) + digestLine(name, ACCENTED_REALM, password));
	}

	private static String digestLine(String name, String realm, String password) {
		String hash = HexFormat.of().formatHex(hash("MD5", name + ":" + realm + ":" + password));
		return name + ":" + realm + ":" + hash + "\n";
	}

	private static byte[] hash(String algorithm, String text) {
		try {
			return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String url(String path) {
		return "http://127.0.0.1:" + this.plainPort + path;
	}

	int briefPort() {
		return this.briefPort;
	}

	/**
	 * Returns a URL of the host that closes connections when they have been idle for a
	 * second.
	 */
	String briefUrl(String path) {
		return "http://127.0.0.1:" + this.briefPort + path;
	}

	/** Returns a URL of the host that closes a connection after its second request. */
	String countedUrl(String path) {
		return "http://127.0.0.1:" + this.countedPort + path;
	}

	/** Returns a URL of the host that requires a client certificate in the handshake. */
	String mutualTlsUrl(String path) {
		return "https://127.0.0.1:" + this.mutualTlsPort + path;
	}

	/**
	 * Returns a URL of the TLS 1.2 host, whose {@code /certified/} requires a client
	 * certificate.
	 */
	String tlsUrl(String path) {
		return "https://127.0.0.1:" + this.tlsPort + path;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
