package io.github.requests4j.spring.internal.config;

import java.lang.reflect.RecordComponent;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

class RequestsRuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	RequestsRuntimeHintsTests() {
		new RequestsRuntimeHints().registerHints(this.hints, null);
	}

	@Test
	void everyGroupOfKeysCanBeBoundAndRead() throws Exception {
		check(RequestsProperties.class);
		check(SessionProperties.class);
		check(RequestsProperties.Client.class);
		check(RequestsProperties.Method.class);
	}

	@Test
	void resourcesOfTheLibraryAreIncluded() {
		assertThat(RuntimeHintsPredicates.resource().forResource("io/github/requests4j/version.properties"))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("io/github/requests4j/cookies/public-suffix-list.dat"))
			.accepts(this.hints);
		assertThat(getClass().getResource("/io/github/requests4j/version.properties")).isNotNull();
		assertThat(getClass().getResource("/io/github/requests4j/cookies/public-suffix-list.dat")).isNotNull();
	}

	private void check(Class<?> group) throws Exception {
		assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(group.getDeclaredConstructors()[0]))
			.as(group.getName())
			.accepts(this.hints);
		for (RecordComponent component : group.getRecordComponents()) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(component.getAccessor()))
				.as(component.toString())
				.accepts(this.hints);
			if (component.getType().isRecord()) {
				check(component.getType());
			}
		}
	}

}
