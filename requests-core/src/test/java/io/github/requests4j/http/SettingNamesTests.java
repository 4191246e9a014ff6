package io.github.requests4j.http;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SettingNamesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Raise maxBody if such bodies are expected. | Raise max-body if such bodies are expected.
			(maxBody). raiseOnStatus(false) returns it | (max-body). raise-on-status: false returns it
			http://a/maxBody?maxBody=1&maxBody: no     | http://a/maxBody?maxBody=1&maxBody: no
			call maxBody(x) or a.maxBody, not maxBodyX | call maxBody(x) or a.maxBody, not maxBodyX
			other words and bodyStream() stay          | other words and bodyStream() stay
			maxBody                                    | max-body
			Check the host, or raise the read timeout. | Check the host, or raise read-timeout.
			Check it, or raise the connect timeout.    | Check it, or raise the connect timeout.
			It was longer than the read timeout.       | It was longer than the read timeout.
			""")
	void onlyWholeWordsAreReplaced(String message, String expected) {
		Map<String, String> names = Map.of("maxBody", "max-body", "raiseOnStatus", "raise-on-status", "readTimeout",
				"read-timeout");
		assertThat(SettingNames.replace(message, (name) -> names.getOrDefault(name, name))).isEqualTo(expected);
	}

}
