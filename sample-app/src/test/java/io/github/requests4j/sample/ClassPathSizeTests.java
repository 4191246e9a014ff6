package io.github.requests4j.sample;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The sizes in the README and in docs/dependencies.md are those of this build.
 */
class ClassPathSizeTests {

	private static final String CORE = "io.github.requests4j:requests-core";

	private static final String STARTER = "io.github.requests4j:requests-spring-boot-starter";

	private static final String WEB = "org.springframework.boot:spring-boot-starter-webmvc";

	private static final double ROUNDING = 0.1;

	private final DependencyGraph graph = DependencyGraph.read();

	@Test
	void coreAddsAtMostFourMegabytes() throws IOException {
		Map<String, Double> brought = sizes(reachable(CORE));
		assertThat(total(brought)).as("%s", brought).isLessThanOrEqualTo(4.0);
		assertThat(brought).doesNotContainKeys("com.ibm.icu:icu4j", "org.bouncycastle:bcprov-jdk18on");
	}

	@Test
	void readmeStatesTheSizeOfCore() throws IOException {
		Map<String, Double> brought = sizes(reachable(CORE));
		Matcher stated = find("../README.md",
				"`requests-core` brings (\\d+) jars of ([\\d.]+) MB, ([\\d.]+) MB of them Jackson's");
		assertThat(Integer.parseInt(stated.group(1))).as("%s", brought).isEqualTo(brought.size());
		assertThat(Double.parseDouble(stated.group(2))).as("%s", brought).isCloseTo(total(brought), within(ROUNDING));
		brought.keySet().removeIf((name) -> !name.contains("jackson"));
		assertThat(Double.parseDouble(stated.group(3))).as("%s", brought).isCloseTo(total(brought), within(ROUNDING));
	}

	@Test
	void readmeStatesTheSizeOfTheStarter() throws IOException {
		Map<String, Double> added = added();
		Matcher stated = find("../README.md", "the starter adds (\\d+) jars of ([\\d.]+) MB");
		assertThat(Integer.parseInt(stated.group(1))).as("%s", added).isEqualTo(added.size());
		assertThat(Double.parseDouble(stated.group(2))).as("%s", added).isCloseTo(total(added), within(ROUNDING));
	}

	@Test
	void pageListsEachJar() throws IOException {
		Map<String, Double> all = sizes(reachable(CORE));
		all.putAll(added());
		Map<String, Double> listed = new TreeMap<>();
		Pattern row = Pattern.compile("\\| `([\\w.-]+:[\\w.-]+)` \\| ([\\d.]+) \\|.*");
		for (String line : Files.readAllLines(Path.of("../docs/dependencies.md"))) {
			Matcher matcher = row.matcher(line);
			if (matcher.matches()) {
				listed.put(matcher.group(1), Double.valueOf(matcher.group(2)));
			}
		}
		assertThat(listed.keySet()).isEqualTo(all.keySet());
		listed.forEach((name, size) -> assertThat(size).as(name).isCloseTo(all.get(name), within(ROUNDING)));
	}

	private Map<String, Double> added() throws IOException {
		Set<String> added = reachable(STARTER);
		added.removeAll(reachable(WEB));
		return sizes(added);
	}

	private static double total(Map<String, Double> sizes) {
		return sizes.values().stream().mapToDouble(Double::doubleValue).sum();
	}

	private static Matcher find(String file, String pattern) throws IOException {
		String text = Files.readString(Path.of(file)).replaceAll("\\s+", " ");
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		assertThat(matcher.find()).as("%s says: %s", file, pattern).isTrue();
		return matcher;
	}

	private Set<String> reachable(String root) {
		return this.graph.reachable(List.of(root));
	}

	private Map<String, Double> sizes(Set<String> names) throws IOException {
		Map<String, Double> sizes = new TreeMap<>();
		for (String name : names) {
			sizes.put(name, size(name) / 1e6);
		}
		return sizes;
	}

	private long size(String name) throws IOException {
		String file = this.graph.file(name);
		String module = name.substring(name.indexOf(':') + 1);
		boolean ours = name.startsWith("io.github.requests4j:");
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Path path = Path.of(entry);
			if (path.getFileName().toString().equals(file)) {
				return Files.size(path);
			}
			if (ours && Files.isDirectory(path) && path.toString().contains(File.separator + module + File.separator)) {
				return zipped(path);
			}
		}
		if (ours) {
			// Nothing but a manifest.
			return 0;
		}
		throw new IllegalStateException(String.format(Locale.ROOT, "%s is not on the class path", file));
	}

	/** The jar of a module that is not packed yet. */
	private static long zipped(Path folder) throws IOException {
		Counter counter = new Counter();
		try (ZipOutputStream zip = new ZipOutputStream(counter); Stream<Path> files = Files.walk(folder)) {
			for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
				zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
				zip.write(Files.readAllBytes(file));
			}
		}
		return counter.count;
	}

	private static final class Counter extends OutputStream {

		private long count;

		@Override
		public void write(int b) {
			this.count++;
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			this.count += length;
		}

	}

}
