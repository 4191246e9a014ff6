package io.github.requests4j.http;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.requests4j.http.Bodies.Chunks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ResponseFileTests {

	@TempDir
	private Path directory;

	@Test
	@DisplayName("220: the decoded content is saved to a new file")
	void decodedContentIsSavedToANewFile() throws IOException {
		byte[] body = new byte[300_000];
		new Random(1).nextBytes(body);
		Path file = this.directory.resolve("export.bin");
		Response response = Bodies.response(new ByteArrayInputStream(Bodies.gzip(body)), "Content-Encoding", "gzip");
		assertThat(response.saveTo(file)).isEqualTo(body.length);
		assertThat(file).hasBinaryContent(body);
		assertThat(names()).containsExactly("export.bin");
		assertThat(response.isContentConsumed()).isTrue();
	}

	@Test
	@DisplayName("220: an existing file is replaced, and a link remains a link")
	void existingFileIsReplaced() throws IOException {
		Path file = Files.writeString(this.directory.resolve("old"), "something longer than the new content");
		assertThat(Bodies.response("new").saveTo(file)).isEqualTo(3);
		assertThat(file).hasContent("new");
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), file);
		Response response = Bodies.response("newer");
		response.content();
		response.saveTo(link);
		assertThat(link).isSymbolicLink();
		assertThat(file).hasContent("newer");
		assertThat(names()).containsExactly("link", "old");
	}

	@Test
	@DisplayName("220: the file has the permissions that new files have")
	void savedFileHasDefaultPermissions() throws IOException {
		Path usual = Files.createFile(this.directory.resolve("usual"));
		Path saved = this.directory.resolve("saved");
		Bodies.response("a").saveTo(saved);
		assertThat(Files.getPosixFilePermissions(saved)).isEqualTo(Files.getPosixFilePermissions(usual));
	}

	@Test
	@DisplayName("threat 28: a body that breaks off leaves no partial file and keeps an existing one")
	void failedDownloadLeavesNoPartialFile() throws IOException {
		Path old = Files.writeString(this.directory.resolve("old"), "old");
		for (Path file : List.of(old, this.directory.resolve("new"))) {
			Chunks raw = new Chunks("ab").endingWith(new IOException("cut"));
			Response response = Bodies.response(raw);
			ChunkedEncodingException error = catchThrowableOfType(ChunkedEncodingException.class,
					() -> response.saveTo(file));
			assertThat(error.response()).isSameAs(response);
			assertThat(raw.closed).isEqualTo(1);
		}
		assertThat(names()).containsExactly("old");
		assertThat(old).hasContent("old");
	}

	@Test
	@DisplayName("threat 28: a response that is closed before its end, by a watchdog for instance, is not saved")
	void closedResponseIsNotSaved() throws IOException {
		Path file = this.directory.resolve("new");
		Response unread = Bodies.response(new Chunks("ab", "cd"));
		unread.close();
		Response[] half = new Response[1];
		half[0] = Bodies.response(new FilterInputStream(new Chunks("ab", "cd")) {
			@Override
			public int read(byte[] target, int offset, int length) throws IOException {
				int count = super.read(target, offset, length);
				half[0].close();
				return count;
			}
		});
		for (Response response : List.of(unread, half[0])) {
			ConnectionException error = catchThrowableOfType(ConnectionException.class, () -> response.saveTo(file));
			assertThat(error).hasMessageContaining("was closed");
			assertThat(error.response()).isSameAs(response);
		}
		assertThat(names()).isEmpty();
		Response none = Response.builder(204).build();
		none.close();
		assertThat(none.saveTo(file)).isZero();
	}

	@Test
	@DisplayName("220: an unwritable file is a RequestException, and the connection is released")
	void unwritableFileIsReported() {
		Chunks raw = new Chunks("ab");
		Response response = Bodies.response(raw);
		Path file = this.directory.resolve("missing").resolve("file");
		assertThatExceptionOfType(RequestException.class).isThrownBy(() -> response.saveTo(file))
			.withMessageContaining(file.toString())
			.withCauseInstanceOf(IOException.class);
		assertThat(raw.closed).isEqualTo(1);
	}

	@Test
	@DisplayName("220: only regular files are replaced")
	void directoryIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> Bodies.response("a").saveTo(this.directory))
			.withMessageContaining("not a regular file");
	}

	@Test
	@DisplayName("221: a consumed body cannot be saved")
	void consumedBodyCannotBeSaved() throws IOException {
		Response response = Bodies.response("a");
		Bodies.list(response.iterContent());
		assertThatExceptionOfType(StreamConsumedException.class)
			.isThrownBy(() -> response.saveTo(this.directory.resolve("x")));
		assertThat(names()).isEmpty();
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

}
