package io.github.requests4j.http;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the formats of {@code no_proxy}.
 */
class NoProxyTests {

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			*                          | http://any.example/
			localhost,*                | http://any.example/
			* , localhost              | http://any.example/
			*.example.com              | http://a.example.com/
			*.example.com              | http://a.b.example.com/
			localhost example.com      | http://example.com/
			localhost  ,  example.com  | http://www.example.com/
			example.com.               | http://example.com/
			.example.com.              | http://www.example.com/
			example.com                | http://example.com./
			[::1]                      | http://[::1]/
			::1                        | http://[0:0:0:0:0:0:0:1]:80/
			[::1]:8080                 | http://[::1]:8080/
			[fd00::1]                  | http://[FD00:0::1]/
			fd00::/8                   | http://[fd12:3456::1]/
			2001:db8:0:0:0:0:0:0/32    | http://[2001:db8::5]/
			10.0.0.1:8080              | http://10.0.0.1:8080/
			10.0.0.0/8                 | http://10.1.2.3/
			10.0.0.0/8                 | http://10.258/
			127.0.0.1                  | http://0x7f.1/
			127.1                      | http://127.0.0.1/
			""")
	@DisplayName("173, 174: a listed host is called directly")
	void listedHostIsCalledDirectly(String list, String url) {
		assertThat(NoProxy.of(list).matches(Urls.split(url))).isTrue();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			*.example.com         | http://example.com/
			*.example.com         | http://badexample.com/
			example.com           | http://badexample.com/
			*example.com          | http://badexample.com/
			[::1]:8080            | http://[::1]/
			[::1]:8080            | http://[::1]:81/
			::1                   | http://[::2]/
			fd00::/8              | http://[fe80::1]/
			fd00::/8              | http://10.0.0.1/
			10.0.0.1:8080         | http://10.0.0.1:81/
			10.0.0.0/8            | http://11.1.2.3/
			localhostexample.com  | http://example.com/
			fd00::1/8             | http://[fd00::2]/
			::/x                  | http://[::1]/
			:::                   | http://[::1]/
			''                    | http://a.example/
			' , '                 | http://a.example/
			localhost             | http://127.0.0.1/
			""")
	@DisplayName("173, 174: other hosts use the proxy")
	void unlistedHostUsesTheProxy(String list, String url) {
		assertThat(NoProxy.of(list).matches(Urls.split(url))).isFalse();
	}

}
