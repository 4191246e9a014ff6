package io.github.requests4j.internal.decode;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.service.BrotliNativeProvider;
import com.github.luben.zstd.Zstd;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.testserver.LogCapture;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Optional decoders in any version on the class path, or missing.
 */
class OptionalCodecsTests {

	private static final byte[] TEXT = "Requests is an elegant and simple HTTP library. ".repeat(9)
		.getBytes(StandardCharsets.US_ASCII);

	@RegisterExtension
	private final LogCapture log = LogCapture.of(ContentDecoders.class);

	@Test
	@DisplayName("10, 226: without their libraries br and zstd are neither announced nor decoded")
	void missingLibrariesAreNeitherAnnouncedNorLogged() throws Exception {
		try (Decoders decoders = new Decoders(List.of())) {
			assertThat(decoders.acceptEncoding()).isEqualTo("gzip, deflate");
			InputStream raw = new ByteArrayInputStream(TEXT);
			assertThat(decoders.decode(raw, "br, zstd")).isSameAs(raw);
			assertThat(this.log.events()).isEmpty();
		}
	}

	@Test
	void compatibleVersionsDecode() throws Exception {
		List<URL> jars = new ArrayList<>();
		for (Class<?> type : List.of(Zstd.class, Brotli4jLoader.class, BrotliNativeProvider.class)) {
			jars.add(jarOf(type));
		}
		jars.addAll(nativeBrotli());
		try (Decoders decoders = new Decoders(jars)) {
			assertThat(decoders.acceptEncoding()).isEqualTo("gzip, deflate, br, zstd");
			InputStream raw = new ByteArrayInputStream(Encoded.ZSTD.of(Encoded.BR.of(TEXT)));
			assertThat(decoders.decode(raw, "br, zstd").readAllBytes()).isEqualTo(TEXT);
			assertThat(this.log.events()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.5.6-3", "1.5.7-4" })
	void incompatibleVersionIsDisabledWithOneWarning(String version) throws Exception {
		try (Decoders decoders = new Decoders(List.of(otherZstd(version)))) {
			assertThat(decoders.acceptEncoding()).isEqualTo("gzip, deflate");
			byte[] body = Encoded.ZSTD.of(TEXT);
			InputStream raw = new ByteArrayInputStream(body);
			assertThat(decoders.decode(raw, "zstd")).isSameAs(raw);
			assertThat(decoders.decode(new ByteArrayInputStream(Encoded.GZIP.of(TEXT)), "gzip").readAllBytes())
				.isEqualTo(TEXT);
			assertThat(this.log.events()).singleElement().satisfies((event) -> {
				assertThat(event.getLevel()).isEqualTo(Level.WARN);
				assertThat(event.getFormattedMessage())
					.startsWith("Responses encoded with zstd are not requested or decoded, because"
							+ " com.github.luben:zstd-jni failed to decode a sample: java.lang.NoSuchMethodError")
					.endsWith(". Upgrade or remove the library.")
					.doesNotContain("\n");
			});
		}
	}

	@Test
	void libraryWithoutNativeCodeIsDisabledWithOneWarning() throws Exception {
		try (Decoders decoders = new Decoders(
				List.of(jarOf(Brotli4jLoader.class), jarOf(BrotliNativeProvider.class)))) {
			assertThat(decoders.acceptEncoding()).isEqualTo("gzip, deflate");
			assertThat(decoders.acceptEncoding()).isEqualTo("gzip, deflate");
			assertThat(this.log.events()).singleElement()
				.satisfies((event) -> assertThat(event.getFormattedMessage())
					.contains("com.aayushatharva.brotli4j:brotli4j failed to decode a sample: "));
		}
	}

	private static URL jarOf(Class<?> type) {
		return type.getProtectionDomain().getCodeSource().getLocation();
	}

	/** The build copies them beside the test classes. */
	private static URL otherZstd(String version) throws Exception {
		Path classes = Path.of(jarOf(OptionalCodecsTests.class).toURI());
		return classes.resolveSibling("other-versions").resolve("zstd-jni-" + version + ".jar").toUri().toURL();
	}

	private static List<URL> nativeBrotli() throws Exception {
		List<URL> jars = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
			Path path = Path.of(entry);
			if (String.valueOf(path.getFileName()).startsWith("native-") && Files.exists(path)) {
				jars.add(path.toUri().toURL());
			}
		}
		return jars;
	}

	/** The decoders as a class path with these jars has them. */
	private static final class Decoders implements AutoCloseable {

		private final URLClassLoader loader;

		Decoders(List<URL> jars) {
			URL[] urls = Stream.concat(Stream.of(jarOf(ContentDecoders.class)), jars.stream()).toArray(URL[]::new);
			this.loader = new URLClassLoader(urls, new LoggingOnly());
		}

		String acceptEncoding() throws Exception {
			return (String) type(OptionalCodecs.class).getMethod("acceptEncoding").invoke(null);
		}

		InputStream decode(InputStream raw, String contentEncoding) throws Exception {
			Class<?> limits = type(DecodeLimits.class);
			Object unbounded = limits.getConstructor(int.class, long.class, long.class).newInstance(5, -1, -1);
			try {
				return (InputStream) type(ContentDecoders.class)
					.getMethod("decode", InputStream.class, String.class, limits)
					.invoke(null, raw, contentEncoding, unbounded);
			}
			catch (InvocationTargetException ex) {
				throw new AssertionError(ex.getCause());
			}
		}

		private Class<?> type(Class<?> ours) throws ClassNotFoundException {
			return this.loader.loadClass(ours.getName());
		}

		@Override
		public void close() throws Exception {
			this.loader.close();
		}

	}

	/** Of the class path of this test, only what is logged with is visible. */
	private static final class LoggingOnly extends ClassLoader {

		LoggingOnly() {
			super(ClassLoader.getPlatformClassLoader());
		}

		@Override
		protected Class<?> findClass(String name) throws ClassNotFoundException {
			if (name.startsWith("org.slf4j.")) {
				return OptionalCodecsTests.class.getClassLoader().loadClass(name);
			}
			throw new ClassNotFoundException(name);
		}

	}

}
