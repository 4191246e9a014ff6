package io.github.requests4j.suites;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the public suites in a folder and prints the counts, one line for each suite.
 * <p>
 * Started by {@code scripts/run-suites FOLDER [details] [name ...]}: {@code details}
 * prints every difference, names choose suites. Not a test: the folder is not part of the
 * repository, and a difference may be one of the documented ones.
 */
public final class Suites {

	private Suites() {
	}

	/** One suite: reads its files below the folder and counts its cases. */
	@FunctionalInterface
	interface Suite {

		Tally run(Path folder) throws IOException;

	}

	public static void main(String[] args) throws IOException {
		if (args.length == 0 || !Files.isDirectory(Path.of(args[0]))) {
			throw new IllegalArgumentException("The first argument must be the folder with the suites");
		}
		// Not System.out, whose encoding may be unable to show the data.
		try (PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
				StandardCharsets.UTF_8)) {
			run(args, out);
		}
	}

	private static void run(String[] args, PrintStream out) throws IOException {
		List<String> words = List.of(args).subList(1, args.length);
		boolean details = words.contains("details");
		List<String> names = words.stream().filter((word) -> !word.equals("details")).toList();
		Path folder = Path.of(args[0]);
		for (Map.Entry<String, Suite> suite : all().entrySet()) {
			if (names.isEmpty() || names.contains(suite.getKey())) {
				suite.getValue().run(folder).print(out, details);
			}
		}
		for (CacheClients client : CacheClients.values()) {
			String name = client.suite();
			// The other clients are compared only when they are asked for.
			if (names.contains(name) || (names.isEmpty() && client == CacheClients.SESSION)) {
				for (Tally tally : CacheSuite.run(folder, name, client.start())) {
					tally.print(out, details);
				}
			}
		}
	}

	private static Map<String, Suite> all() {
		Map<String, Suite> suites = new LinkedHashMap<>();
		suites.put("cookies", CookieSuites::stored);
		suites.put("cookie-dates", CookieSuites::dates);
		suites.put("public-suffixes", CookieSuites::publicSuffixes);
		suites.put("urls", UrlSuites::urls);
		suites.put("hosts", UrlSuites::hosts);
		suites.put("idna", UrlSuites::idna);
		suites.put("uri-templates", UrlSuites::templates);
		suites.put("media-types", WireSuites::mediaTypes);
		suites.put("content-lengths", WireSuites::contentLengths);
		suites.put("heads", WireSuites::heads);
		suites.put("llhttp", WireSuites::llhttp);
		suites.put("curl", CurlSuite::run);
		return suites;
	}

}
