package io.github.requests4j.http;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of how send options are set and merged.
 */
class SendOptionsTests {

	private static final List<Object> VALUES = List.of(true, Timeouts.of(Duration.ofSeconds(1)), Verify.disabled(),
			ClientCert.of(Path.of("a.pem")), Proxies.NONE.with("http", "http://a"),
			Deadline.after(Duration.ofMinutes(1)), (ProgressListener) (direction, bytes, total) -> {
			}, Map.of(String.class, "a"), new CallContext("session", "client", null, List.of()));

	private static final List<Object> OTHERS = List.of(false, Timeouts.of(Duration.ofSeconds(2)), Verify.enabled(),
			ClientCert.of(Path.of("b.pem")), Proxies.NONE.with("http", "http://b"),
			Deadline.after(Duration.ofMinutes(2)), (ProgressListener) (direction, bytes, total) -> {
			}, Map.of(String.class, "b"), new CallContext("other", null, null, List.of()));

	/** All but the kind, which is that of one hop and never a default. */
	static Stream<RecordComponent> settings() {
		return Arrays.stream(SendOptions.class.getRecordComponents())
			.filter((component) -> !component.getName().equals("kind"));
	}

	@ParameterizedTest
	@MethodSource("settings")
	void defaultsFillInUnsetOptions(RecordComponent setting) throws Exception {
		SendOptions own = with(setting, VALUES);
		SendOptions defaults = with(setting, OTHERS);
		SendOptions kindOnly = SendOptions.DEFAULTS.withKind(Exchange.Kind.REDIRECT);
		assertThat(get(setting, own.orElse(defaults))).isEqualTo(get(setting, own));
		assertThat(get(setting, kindOnly.orElse(defaults))).isEqualTo(get(setting, defaults));
		assertThat(kindOnly.orElse(defaults).kind()).isEqualTo(Exchange.Kind.REDIRECT);
		assertThat(get(setting, own.orElse(kindOnly))).isEqualTo(get(setting, own));
	}

	@ParameterizedTest
	@MethodSource("settings")
	void changedCopiesKeepEverythingElse(RecordComponent setting) throws Exception {
		SendOptions own = with(setting, VALUES);
		Object value = get(setting, own);
		assertThat(get(setting, own.withKind(Exchange.Kind.RETRY))).isEqualTo(value);
		if (!setting.getName().equals("proxies")) {
			assertThat(get(setting, own.withProxies(Proxies.NONE))).isEqualTo(value);
		}
		if (!setting.getName().equals("verify")) {
			assertThat(get(setting, own.withVerify(Verify.enabled()))).isEqualTo(value);
		}
		if (!setting.getName().equals("deadline")) {
			assertThat(get(setting, own.withDeadline(Deadline.after(Duration.ofHours(1))))).isEqualTo(value);
		}
		if (!setting.getName().equals("context")) {
			assertThat(get(setting, own.withContext(new CallContext("x", null, null, List.of())))).isEqualTo(value);
		}
	}

	@Test
	void proxiesAreMergedByKey() {
		SendOptions own = SendOptions.of((options) -> options.proxy("http", "http://a"));
		SendOptions defaults = SendOptions
			.of((options) -> options.proxies(Map.of("http", "http://b", "all", "http://c")));
		assertThat(own.orElse(defaults).proxies().asMap())
			.containsExactlyInAnyOrderEntriesOf(Map.of("http", "http://a", "all", "http://c"));
	}

	@Test
	void attributesAreFilledInClassByClass() {
		SendOptions own = SendOptions.of((options) -> options.attribute(String.class, "own"));
		SendOptions defaults = SendOptions
			.of((options) -> options.attribute(String.class, "default").attribute(Integer.class, 1));
		SendOptions merged = own.orElse(defaults);
		assertThat(merged.attribute(String.class)).isEqualTo("own");
		assertThat(merged.attribute(Integer.class)).isEqualTo(1);
		assertThat(merged.attribute(Long.class)).isNull();
	}

	@Test
	void anAttributeIsReplacedAndRemovedInACopy() {
		SendOptions first = SendOptions.DEFAULTS.withAttribute(String.class, "a");
		assertThat(first.withAttribute(String.class, "b").attribute(String.class)).isEqualTo("b");
		assertThat(first.withAttribute(String.class, null).attributes()).isEmpty();
		assertThat(first.attribute(String.class)).isEqualTo("a");
		assertThat(SendOptions.DEFAULTS.withAttribute(String.class, null)).isSameAs(SendOptions.DEFAULTS);
		assertThat(SendOptions.of((options) -> options.attribute(String.class, "a").attribute(String.class, null))
			.attributes()).isEmpty();
	}

	@Test
	void emptyOptionsAreTheDefaults() {
		assertThat(SendOptions.of((options) -> {
		})).isSameAs(SendOptions.DEFAULTS);
		assertThat(SendOptions.DEFAULTS.orElse(SendOptions.DEFAULTS)).isSameAs(SendOptions.DEFAULTS);
	}

	@Test
	void requestContentIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SendOptions.of((options) -> options.stream(true).header("A", "b")))
			.withMessageContaining("when you prepare the request");
		for (Map.Entry<String, Consumer<RequestOptions>> setting : Map
			.<String, Consumer<RequestOptions>>of("params", (o) -> o.param("a", 1), "data", (o) -> o.data("x"), "json",
					(o) -> o.json(1), "files", (o) -> o.files(FilePart.of("f", "x")), "cookies",
					(o) -> o.cookie("a", "b"), "auth", (o) -> o.auth("u", "p"), "hooks",
					(o) -> o.hook((response, options) -> null), "variables", (o) -> o.uriVariable("id", 1))
			.entrySet()) {
			assertThatIllegalArgumentException().as(setting.getKey())
				.isThrownBy(() -> SendOptions.of(setting.getValue()));
		}
	}

	private static SendOptions with(RecordComponent setting, List<Object> values) throws Exception {
		RecordComponent[] components = SendOptions.class.getRecordComponents();
		Object[] arguments = new Object[components.length];
		Class<?>[] types = new Class<?>[components.length];
		for (int i = 0; i < components.length; i++) {
			types[i] = components[i].getType();
			arguments[i] = get(components[i], SendOptions.DEFAULTS);
			if (components[i].getName().equals(setting.getName())) {
				arguments[i] = values.stream().filter(types[i]::isInstance).findFirst().orElseThrow();
			}
		}
		return SendOptions.class.getConstructor(types).newInstance(arguments);
	}

	private static Object get(RecordComponent setting, SendOptions options) throws Exception {
		return setting.getAccessor().invoke(options);
	}

}
