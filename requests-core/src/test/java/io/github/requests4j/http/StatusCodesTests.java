package io.github.requests4j.http;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatusCodesTests {

	@ParameterizedTest
	@CsvSource({ "ok, 200", "OK, 200", "okay, 200", "all_good, 200", "\\o/, 200", "✓, 200", "\\o-, 301", "-o-, 404",
			"-O-, 404", "/o\\, 500", "✗, 500", "uri_too_long, 414", "request_uri_too_long, 122", "early-hints, 102",
			"EARLY-HINTS, 102", "none, 444", "resume, 308", "unprocessable_content, 422", "content_too_large, 413",
			"im_a_teapot, 418", "too_early, 425", "precondition, 428", "checkpoint, 103" })
	@DisplayName("244: codes are found by every name, in lower and upper case")
	void codeIsFoundByName(String name, int code) {
		assertThat(StatusCodes.get(name)).isEqualTo(code);
		assertThat(StatusCodes.get(name, -1)).isEqualTo(code);
	}

	@ParameterizedTest
	@CsvSource({ "nope", "Ok", "\\O/", "/O\\", "\\O-", "''", "200" })
	@DisplayName("244: an unknown name returns null or the fallback")
	void unknownNameReturnsTheFallback(String name) {
		assertThat(StatusCodes.get(name)).isNull();
		assertThat(StatusCodes.get(name, 5)).isEqualTo(5);
	}

	@Test
	@DisplayName("244: every name that is a Java identifier is a constant, and no other is")
	void everyJavaNameIsAConstant() throws IllegalAccessException {
		Set<String> constants = new TreeSet<>();
		for (Field field : StatusCodes.class.getFields()) {
			assertThat(Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())).isTrue();
			constants.add(field.getName());
			assertThat(field.getInt(null)).as(field.getName())
				.isEqualTo(StatusCodes.get(field.getName().toLowerCase(Locale.ROOT)))
				.isEqualTo(StatusCodes.get(field.getName()));
		}
		Set<String> names = new TreeSet<>();
		for (int code = 100; code < 600; code++) {
			StatusCodes.names(code)
				.stream()
				.filter((name) -> name.matches("[a-z_]+"))
				.forEach((name) -> names.add(name.toUpperCase(Locale.ROOT)));
		}
		assertThat(constants).isEqualTo(names).hasSize(117);
	}

	@Test
	@DisplayName("244: names are found by code")
	void namesAreFoundByCode() {
		assertThat(StatusCodes.name(200)).isEqualTo("ok");
		assertThat(StatusCodes.name(404)).isEqualTo("not_found");
		assertThat(StatusCodes.name(299)).isNull();
		assertThat(StatusCodes.names(301)).containsExactly("moved_permanently", "moved", "\\o-");
		assertThat(StatusCodes.names(0)).isEmpty();
	}

	@Test
	@DisplayName("244: codes match those recorded from requests")
	void codesMatchRequests() {
		assertThat(new Object[] { StatusCodes.get("ok"), StatusCodes.get("nope"), StatusCodes.get("nope", 5),
				StatusCodes.OK, StatusCodes.get("\\o/"), StatusCodes.get("✓"), StatusCodes.get("\\o-"),
				StatusCodes.get("-o-"), StatusCodes.get("-O-"), StatusCodes.get("/o\\"), StatusCodes.get("/O\\"),
				StatusCodes.get("✗"), StatusCodes.URI_TOO_LONG, StatusCodes.REQUEST_URI_TOO_LONG,
				StatusCodes.get("early-hints"), StatusCodes.NONE, StatusCodes.RESUME, StatusCodes.UNPROCESSABLE_CONTENT,
				StatusCodes.CONTENT_TOO_LARGE })
			.containsExactly(200, null, 5, 200, 200, 200, 301, 404, 404, 500, null, 500, 414, 122, 102, 444, 308, 422,
					413);
	}

}
