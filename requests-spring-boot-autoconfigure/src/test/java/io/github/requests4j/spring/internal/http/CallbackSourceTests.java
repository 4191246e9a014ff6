package io.github.requests4j.spring.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import org.junit.jupiter.api.Test;

import org.springframework.http.StreamingHttpOutputMessage;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.UnrewindableBodyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CallbackSourceTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	@Test
	void unrepeatableCallbackIsNotRewindable() throws IOException {
		Body body = CallbackSource.body((stream) -> stream.write('a'), -1);
		assertThat(body.isRewindable()).as("retries are planned before anything is written").isFalse();
		assertThat(body.contentLength()).isEqualTo(Body.UNKNOWN_LENGTH);
		body.rewind();
		body.writeTo(this.out);
		assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(() -> body.writeTo(this.out));
		assertThat(this.out).hasToString("a");
	}

	@Test
	void repeatableCallbackIsWrittenAgain() throws IOException {
		Body body = CallbackSource.body(new Repeatable(), 1);
		assertThat(body.isRewindable()).isTrue();
		assertThat(body.contentLength()).isEqualTo(1);
		body.writeTo(this.out);
		body.rewind();
		body.writeTo(this.out);
		assertThat(this.out).hasToString("aa");
	}

	private static final class Repeatable implements StreamingHttpOutputMessage.Body {

		@Override
		public void writeTo(OutputStream stream) throws IOException {
			stream.write('a');
		}

		@Override
		public boolean repeatable() {
			return true;
		}

	}

}
