package io.github.requests4j.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.requests4j.testserver.TestCertificates;

/**
 * An nginx with one location for each case.
 */
final class NginxServer implements AutoCloseable {

	private static final String CONFIGURATION = """
			daemon off;
			worker_processes 1;
			pid nginx.pid;
			error_log stderr notice;
			%2$s
			events {
				worker_connections 256;
			}
			http {
				access_log off;
				client_body_temp_path body;
				proxy_temp_path proxy;
				fastcgi_temp_path fastcgi;
				uwsgi_temp_path uwsgi;
				scgi_temp_path scgi;
				default_type text/plain;
				root %1$s/www;
				client_max_body_size 0;
				large_client_header_buffers 4 64k;
				ssl_certificate server.pem;
				ssl_certificate_key server.key;
				server {
					listen 127.0.0.1:%3$d;
					location /files/ {
					}
					location /gzip/ {
						alias www/files/;
						gzip on;
						gzip_min_length 1;
						gzip_types text/plain;
					}
					location /dav/ {
						dav_methods PUT DELETE;
					}
					location /keepalive/silent {
						keepalive_timeout 1s;
						return 200 "$connection $request_method";
					}
					location /keepalive/announced {
						keepalive_timeout 1s 1s;
						return 200 "$connection $request_method";
					}
					location /keepalive/two {
						keepalive_requests 2;
						return 200 "$connection $request_method";
					}
					location /chunked/ {
						proxy_pass http://127.0.0.1:%4$d/files/;
						proxy_http_version 1.1;
						proxy_buffering off;
					}
					location /limited {
						client_max_body_size 1m;
						proxy_pass http://127.0.0.1:%4$d/stored;
					}
					location /stored {
						proxy_pass http://127.0.0.1:%4$d/stored;
					}
					location /early {
						return 200 "early";
					}
					location /rejected {
						return 403 "rejected";
					}
					location /large {
						set $block "%8$s";
						add_header X-Large "$block$block$block$block$block$block$block$block$block$block";
						return 200 $http_x_large;
					}
				}
				server {
					listen 127.0.0.1:%4$d;
					location /files/ {
						sub_filter_types *;
						sub_filter "a text that is not there" "";
					}
					location /stored {
						return 200 "stored";
					}
				}
				server {
					listen 127.0.0.1:%5$d ssl;
					ssl_protocols TLSv1.2;
					location / {
						return 200 $ssl_protocol;
					}
					location /files/ {
					}
				}
				server {
					listen 127.0.0.1:%6$d ssl;
					ssl_protocols TLSv1.3;
					location / {
						return 200 $ssl_protocol;
					}
					location /files/ {
					}
				}
				server {
					listen 127.0.0.1:%7$d ssl;
					ssl_client_certificate authority.pem;
					ssl_verify_client on;
					location / {
						return 200 $ssl_client_s_dn;
					}
				}
			}
			""";

	private final Path folder;

	private final int plainPort = ServerProcess.freePort();

	private final int backendPort = ServerProcess.freePort();

	private final int tls12Port = ServerProcess.freePort();

	private final int tls13Port = ServerProcess.freePort();

	private final int mutualTlsPort = ServerProcess.freePort();

	private final ServerProcess process;

	private NginxServer(Path folder, TestCertificates certificates) throws IOException {
		this.folder = folder;
		ServerProcess.publish(folder);
		Files.createDirectories(folder.resolve("www/files"));
		Files.createDirectories(folder.resolve("www/dav"));
		var certificate = certificates.issue("localhost", "127.0.0.1");
		certificates.writeAuthority(folder);
		TestCertificates.writeCertificate(folder.resolve("server.pem"), certificate);
		TestCertificates.writeKey(folder.resolve("server.key"), certificate);
		// Workers of a master that is root would be another user, who cannot write here.
		String user = ServerProcess.isRoot() ? "user root;" : "";
		Path configuration = Files.writeString(folder.resolve("nginx.conf"), CONFIGURATION.formatted(folder, user,
				this.plainPort, this.backendPort, this.tls12Port, this.tls13Port, this.mutualTlsPort, largeBlock()));
		this.process = ServerProcess.start(folder,
				List.of(ServerProcess.program("nginx", "nginx"), "-p", folder.toString(), "-e", "stderr", "-c",
						configuration.toString()),
				this.plainPort, this.backendPort, this.tls12Port, this.tls13Port, this.mutualTlsPort);
	}

	static NginxServer start(Path folder, TestCertificates certificates) throws IOException {
		return new NginxServer(folder, certificates);
	}

	/** Returns a tenth of the header that the location {@code /large} sends. */
	static String largeBlock() {
		return "0123456789".repeat(300);
	}

	/**
	 * Returns the folder of what {@code /files/}, {@code /gzip/} and {@code /chunked/}
	 * serve.
	 */
	Path files() {
		return this.folder.resolve("www/files");
	}

	int port() {
		return this.plainPort;
	}

	String url(String path) {
		return "http://127.0.0.1:" + this.plainPort + path;
	}

	String tls12Url(String path) {
		return "https://127.0.0.1:" + this.tls12Port + path;
	}

	String tls13Url(String path) {
		return "https://127.0.0.1:" + this.tls13Port + path;
	}

	String mutualTlsUrl(String path) {
		return "https://127.0.0.1:" + this.mutualTlsPort + path;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
