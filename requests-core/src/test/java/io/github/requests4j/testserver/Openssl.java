package io.github.requests4j.testserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program {@code openssl}, as a peer and as a writer of files. A test that needs it
 * fails where it is missing, since a skipped one would go unnoticed.
 */
public final class Openssl {

	/** Without the extensions that the system's own file adds. */
	private static final String CONFIGURATION = "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=unused\n";

	private final Path folder;

	/**
	 * Uses a folder for all files that commands name.
	 */
	public Openssl(Path folder) throws IOException {
		this.folder = folder;
		Files.writeString(folder.resolve("empty.cnf"), CONFIGURATION);
	}

	public Path file(String name) {
		return this.folder.resolve(name);
	}

	/** Runs a command to its end. */
	public void run(String... arguments) throws IOException {
		Path log = Files.createTempFile(this.folder, "command", ".log");
		Process process = builder(this.folder, arguments).redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		process.getOutputStream().close();
		try {
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new IllegalStateException("openssl " + String.join(" ", arguments) + " failed: "
						+ Files.readString(log, StandardCharsets.ISO_8859_1));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	/** Writes a new private key as PKCS#8. */
	public void key(String file, KeyKind kind) throws IOException {
		List<String> command = new ArrayList<>(List.of("genpkey", "-out", file));
		command.addAll(kind.options);
		run(command.toArray(new String[0]));
	}

	/**
	 * Writes a certificate for a key.
	 * @param name the base name of the files: {@code name.key} exists, {@code name.pem}
	 * is written
	 * @param issuer names the files of the issuer; the same name for a self-signed one
	 * @param extensions such as {@code subjectAltName=DNS:localhost}
	 */
	public void certificate(String name, String issuer, String... extensions) throws IOException {
		List<String> command = new ArrayList<>(List.of("req", "-x509", "-config", "empty.cnf", "-days", "2", "-subj",
				"/CN=" + name, "-key", name + ".key", "-out", name + ".pem"));
		if (!issuer.equals(name)) {
			command.addAll(List.of("-CA", issuer + ".pem", "-CAkey", issuer + ".key"));
		}
		for (String extension : extensions) {
			command.addAll(List.of("-addext", extension));
		}
		run(command.toArray(new String[0]));
	}

	/** Writes an authority with its key. */
	public void authority(String name, String issuer) throws IOException {
		key(name + ".key", KeyKind.EC);
		certificate(name, issuer, "basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign",
				"subjectKeyIdentifier=hash");
	}

	/** Joins files, as {@code cat} does. */
	public Path join(String file, String... parts) throws IOException {
		StringBuilder text = new StringBuilder();
		for (String part : parts) {
			text.append(Files.readString(file(part), StandardCharsets.ISO_8859_1));
		}
		return Files.writeString(file(file), text, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Starts a server for one connection. It answers with a page about the handshake.
	 */
	public OpensslServer serve(String... options) throws IOException {
		return OpensslServer.start(this.folder, options);
	}

	static ProcessBuilder builder(Path folder, String... arguments) {
		List<String> command = new ArrayList<>(List.of("openssl"));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).directory(folder.toFile());
	}

	/** What kinds of keys certificates have. */
	public enum KeyKind {

		RSA("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"),

		RSA_PSS("-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"),

		/** Limited to one hash function, as OpenSSL writes it when asked to. */
		RSA_PSS_SHA384("-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt",
				"rsa_pss_keygen_md:sha384", "-pkeyopt", "rsa_pss_keygen_mgf1_md:sha384", "-pkeyopt",
				"rsa_pss_keygen_saltlen:48"),

		EC("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"),

		EC_P384("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"),

		ED25519("-algorithm", "ED25519");

		private final List<String> options;

		KeyKind(String... options) {
			this.options = List.of(options);
		}

	}

}
