package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Squid with two ports, of which one requires credentials.
 */
final class SquidServer implements AutoCloseable {

	/** Name and password as they are written in a URL. */
	static final String USER_INFO = "ann%20lee:pass%3Aword";

	// The password is hashed by crypt(3), SHA-512.
	private static final String USERS = """
			ann lee:$6$interop$IXpq6nZX7dYIIxKRbWzzoPCC5E8gCBJ0tfky/ZbGecfwXBsTFnNO.QX0VjvXS7S/BSgceO0HShFAVWa99r8JC/
			""";

	private static final String PACKAGE = "squid";

	private static final String CONFIGURATION = """
			http_port 127.0.0.1:%1$d name=open
			http_port 127.0.0.1:%2$d name=guarded
			auth_param basic program %3$s %4$s/squid.users
			auth_param basic children 1 startup=1
			auth_param basic realm proxy
			acl open myportname open
			acl guarded myportname guarded
			acl known proxy_auth REQUIRED
			acl denied port 9
			http_access deny denied
			http_access allow open
			http_access allow guarded known
			http_access deny all
			cache deny all
			cache_mem 1 MB
			memory_pools off
			max_filedescriptors 1024
			access_log none
			cache_log /dev/null
			cache_store_log none
			pid_filename none
			coredump_dir none
			pinger_enable off
			netdb_filename none
			shutdown_lifetime 0 seconds
			visible_hostname proxy.example
			# So that Squid looks no name up.
			dns_nameservers 127.0.0.1
			""";

	private final Path folder;

	private final int openPort;

	private final int guardedPort;

	private final ServerProcess process;

	private SquidServer(Path folder, int openPort, int guardedPort) throws IOException {
		this.folder = folder;
		this.openPort = openPort;
		this.guardedPort = guardedPort;
		ServerProcess.publish(folder);
		String program = ServerProcess.program("squid", PACKAGE);
		Path helper = ServerProcess.file(Path.of("/usr/lib/squid/basic_ncsa_auth"), PACKAGE);
		Files.writeString(folder.resolve("squid.users"), USERS);
		Path configuration = Files.writeString(folder.resolve("squid.conf"),
				CONFIGURATION.formatted(openPort, guardedPort, helper, folder));
		this.process = ServerProcess.start(folder,
				List.of(program, "-N", "-d", "1", "-f", configuration.toString(), "-n", "interop" + openPort), openPort,
				guardedPort);
	}

	static SquidServer start(Path folder) throws IOException {
		return new SquidServer(folder, ServerProcess.freePort(), ServerProcess.freePort());
	}

	/** Starts the same server again after it was closed. */
	SquidServer restart() throws IOException {
		return new SquidServer(this.folder, this.openPort, this.guardedPort);
	}

	/** Returns the URL of the port that is open to all. */
	String openUrl() {
		return "http://127.0.0.1:" + this.openPort;
	}

	/** Returns the URL of the port that requires credentials, with these. */
	String guardedUrl(String userInfo) {
		return "http://" + userInfo + "127.0.0.1:" + this.guardedPort;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
