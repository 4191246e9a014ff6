package io.github.requests4j.benchmarks.compare;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.jspecify.annotations.Nullable;

/**
 * Compiles a source at run time that requires a newer Java version than the build,
 * because the compiler of the build cannot read the classes of its library. The build
 * packages the source as a resource.
 */
final class NewerSources {

	private static final String HELIDON = "HelidonClient";

	private static @Nullable Path classes;

	private NewerSources() {
	}

	static boolean isPossible() {
		return Runtime.version().feature() >= 21;
	}

	/** Returns the folder with the classes, which are compiled on the first call. */
	static synchronized Path classes() throws IOException {
		if (classes == null) {
			classes = compile();
		}
		return classes;
	}

	private static Path compile() throws IOException {
		Path folder = Files.createTempDirectory("benchmark-classes");
		Path source = folder.resolve(HELIDON + ".java");
		try (InputStream in = NewerSources.class.getResourceAsStream(HELIDON + ".java")) {
			if (in == null) {
				throw new IOException("The source of " + HELIDON + " is not on the class path");
			}
			Files.copy(in, source);
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		if (compiler == null) {
			throw new IOException("This Java has no compiler. Use a JDK.");
		}
		StringWriter messages = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			List<String> options = List.of("-proc:none", "-d", folder.toString(), "-cp",
					System.getProperty("java.class.path"));
			if (!compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source)).call()) {
				throw new IOException("The source of " + HELIDON + " does not compile: " + messages);
			}
		}
		deleteAtExit(folder);
		return folder;
	}

	/** Deletes the folder in reverse order of creation when this process exits. */
	private static void deleteAtExit(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			files.map(Path::toFile).forEach(File::deleteOnExit);
		}
	}

}
