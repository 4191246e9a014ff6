package io.github.requests4j.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.Session;
import io.github.requests4j.http.ProgressListener.Direction;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ConsoleProgress}.
 */
class ConsoleProgressTests {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private Instant now = Instant.EPOCH;

	@Test
	void barShowsAmountSpeedAndTimeLeft() {
		ConsoleProgress bar = bar(80, Duration.ZERO);
		bar.onProgress(Direction.DOWNLOAD, 1_000_000, 10_000_000);
		this.now = this.now.plusSeconds(2);
		bar.onProgress(Direction.DOWNLOAD, 4_500_000, 10_000_000);
		assertThat(drawings()).containsExactly(
				"export.csv  10% [####------------------------------------]  1.0 of 10.0 MB",
				"export.csv  45% [##########--------------]  4.5 of 10.0 MB  2.3 MB/s  0:02 left");
		assertThat(drawings()).allSatisfy((drawing) -> assertThat(drawing).hasSizeLessThan(80));
	}

	@Test
	void lastLineShowsTheDuration() {
		try (ConsoleProgress bar = bar(80, Duration.ofMillis(100))) {
			bar.onProgress(Direction.UPLOAD, 1000, 8_000_000);
			this.now = this.now.plusSeconds(4);
			bar.onProgress(Direction.UPLOAD, 8_000_000, 8_000_000);
		}
		assertThat(output())
			.endsWith("\rexport.csv 100% [##################################]  8.0 MB  in 0:04  2.0 MB/s" + eol())
			.containsOnlyOnce(eol());
	}

	@Test
	void redrawingIsThrottled() {
		ConsoleProgress bar = bar(80, Duration.ofMillis(100));
		for (int i = 1; i <= 1000; i++) {
			this.now = this.now.plusMillis(1);
			bar.onProgress(Direction.DOWNLOAD, i, 1000);
		}
		assertThat(drawings()).hasSize(11);
		assertThat(output()).contains("100%").endsWith(eol());
	}

	@Test
	void barOfUnknownLengthEndsWhenClosed() {
		ConsoleProgress bar = bar(80, Duration.ZERO);
		bar.onProgress(Direction.DOWNLOAD, 999, -1);
		this.now = this.now.plusSeconds(3700);
		bar.onProgress(Direction.DOWNLOAD, 3_700_000, -1);
		assertThat(output()).doesNotContain("%", "[", eol());
		bar.close();
		bar.close();
		assertThat(drawings()).containsExactly("export.csv  999 B", "export.csv  3.7 MB  1.0 kB/s",
				"export.csv  3.7 MB  in 1:01:40  1.0 kB/s" + eol());
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			60 | export.csv  45% [###########--------------]  4.5 of 10.0 MB
			40 | export.csv  45%  4.5 of 10.0 MB
			30 | 45%  4.5 of 10.0 MB
			10 | 45%
			""", delimiter = '|')
	void narrowTerminalsShowOnlyWhatFits(int columns, String expected) {
		ConsoleProgress bar = bar(columns, Duration.ZERO);
		bar.onProgress(Direction.DOWNLOAD, 4_500_000, 10_000_000);
		assertThat(drawings()).singleElement().satisfies((line) -> {
			assertThat(line.strip()).isEqualTo(expected);
			assertThat(line).hasSizeLessThan(columns);
		});
	}

	@Test
	void shorterTextOverwritesALongerOne() {
		ConsoleProgress bar = ConsoleProgress.builder()
			.out(stream())
			.interval(Duration.ZERO)
			.clock(() -> this.now)
			.build();
		bar.onProgress(Direction.DOWNLOAD, 999_900, -1);
		bar.onProgress(Direction.DOWNLOAD, 1_000_000, -1);
		assertThat(drawings()).containsExactly("999.9 kB", "1.0 MB  ");
	}

	@Test
	void eachDirectionAndRepetitionHasItsOwnLine() {
		ConsoleProgress bar = bar(80, Duration.ZERO);
		bar.onProgress(Direction.UPLOAD, 50, 100);
		bar.onProgress(Direction.UPLOAD, 100, 100);
		bar.onProgress(Direction.UPLOAD, 60, 100);
		bar.onProgress(Direction.UPLOAD, 20, 100);
		bar.onProgress(Direction.DOWNLOAD, 30, -1);
		this.now = this.now.plusMillis(1001);
		bar.onProgress(Direction.DOWNLOAD, 70, -1);
		bar.close();
		assertThat(output().split(eol())).hasSize(4)
			.satisfiesExactly((line) -> assertThat(line).contains("100%"), (line) -> assertThat(line).contains(" 60%"),
					(line) -> assertThat(line).contains(" 20%"), (line) -> assertThat(line).contains("70 B"));
	}

	@ParameterizedTest
	@CsvSource({ "15", "-1" })
	void shortRepliesToUploadsHaveNoLine(long length) {
		ConsoleProgress bar = bar(80, Duration.ZERO);
		for (int i = 0; i < 2; i++) {
			bar.onProgress(Direction.UPLOAD, 100, 100);
			bar.onProgress(Direction.DOWNLOAD, 15, length);
			this.now = this.now.plusSeconds(9);
		}
		bar.close();
		assertThat(output().split(eol())).hasSize(2)
			.allSatisfy((line) -> assertThat(line).contains("100%").doesNotContain("15 B"));
		bar.onProgress(Direction.DOWNLOAD, 20, 20);
		assertThat(List.of(output().split(eol()))).as("the next call").hasSize(3).last().asString().contains("20 B");
	}

	@Test
	void emptyBodyIsShownAsComplete() {
		ConsoleProgress bar = bar(80, Duration.ZERO);
		bar.onProgress(Direction.DOWNLOAD, 0, 0);
		assertThat(output()).isEqualTo("\rexport.csv  0 B" + eol());
	}

	@Test
	void tooSmallWidthIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> ConsoleProgress.builder().width(9))
			.withMessageContaining("9 columns")
			.withMessageContaining("at least 10");
	}

	@Test
	void progressOfARealCallIsShown() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("answer"));
				Session session = Session.builder().build();
				ConsoleProgress bar = bar(80, Duration.ZERO)) {
			session.post(server.url("/"), (request) -> request.data(new byte[100_000]).onProgress(bar));
		}
		assertThat(List.of(output().split(eol()))).hasSize(1).allMatch((line) -> line.contains("100%"));
		assertThat(drawings().get(0)).contains("kB");
	}

	private ConsoleProgress bar(int columns, Duration every) {
		return ConsoleProgress.builder()
			.label("export.csv")
			.out(stream())
			.width(columns)
			.interval(every)
			.clock(() -> this.now)
			.build();
	}

	private PrintStream stream() {
		return new PrintStream(this.bytes, true, StandardCharsets.UTF_8);
	}

	private List<String> drawings() {
		return List.of(output().substring(1).split("\r(?!\n)"));
	}

	private String output() {
		return this.bytes.toString(StandardCharsets.UTF_8);
	}

	private static String eol() {
		return System.lineSeparator();
	}

}
