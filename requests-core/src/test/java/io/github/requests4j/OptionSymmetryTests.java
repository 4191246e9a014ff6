package io.github.requests4j;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.ResponseHook;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a session can set as a default, a call can set in the same forms and with the
 * same effect, and the other way round.
 */
class OptionSymmetryTests {

	/** Options that only make sense for one call. */
	private static final Set<String> OF_A_CALL = Set.of("data", "json", "file", "files", "uriVariable", "uriVariables",
			"uriTemplate", "client", "onProgress", "registerHook", "registerHooks", "deregisterHook", "toRequest",
			"toSendOptions", "sharedDeadline");

	/** Options that only make sense for all calls together. */
	private static final Set<String> OF_A_SESSION = Set.of("name", "baseUrl", "trustedOrigins", "clearHeaders",
			"maxRedirects", "redirectRules", "strictRedirects", "stripHeadersOnRedirect", "trustEnv", "environment",
			"cookieScope", "listener", "interceptor", "mount", "mountShared", "unmount", "idempotencyKeys",
			"compressBodies", "jsonMapper", "maskedParams", "settingNames", "frozen", "build");

	private static final String PROXY = "http://proxy.example:3128";

	@Test
	void callAndSessionAcceptTheSameForms() {
		assertThat(forms(RequestOptions.class, OF_A_CALL)).isEqualTo(forms(Session.Builder.class, OF_A_SESSION));
	}

	@Test
	void listedExceptionsExistOnlyOnTheirSide() {
		assertThat(names(RequestOptions.class)).containsAll(OF_A_CALL).doesNotContainAnyElementsOf(OF_A_SESSION);
		assertThat(names(Session.Builder.class)).containsAll(OF_A_SESSION).doesNotContainAnyElementsOf(OF_A_CALL);
	}

	@ParameterizedTest
	@MethodSource("shared")
	void callAndSessionHaveTheSameEffect(Method ofCall) throws Exception {
		Method ofSession = Session.Builder.class.getMethod(ofCall.getName(), ofCall.getParameterTypes());
		Set<String> effects = new LinkedHashSet<>();
		for (boolean flag : new boolean[] { true, false }) {
			String call = observe((builder) -> {
			}, (options) -> invoke(ofCall, options, flag));
			String session = observe((builder) -> invoke(ofSession, builder, flag), (options) -> {
			});
			assertThat(session).isEqualTo(call);
			effects.add(call);
		}
		String plain = observe((builder) -> {
		}, (options) -> {
		});
		assertThat(effects).as("the setting makes a difference").anyMatch((effect) -> !effect.equals(plain));
	}

	static Stream<Method> shared() {
		return methods(RequestOptions.class).filter((method) -> !OF_A_CALL.contains(method.getName()));
	}

	private static Stream<Method> methods(Class<?> type) {
		return Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
			.filter((method) -> !method.isSynthetic());
	}

	private static Set<String> names(Class<?> type) {
		Set<String> names = new LinkedHashSet<>();
		methods(type).forEach((method) -> names.add(method.getName()));
		return names;
	}

	private static Map<String, Set<List<Class<?>>>> forms(Class<?> type, Set<String> without) {
		Map<String, Set<List<Class<?>>>> forms = new TreeMap<>();
		methods(type).filter((method) -> !without.contains(method.getName()))
			.forEach((method) -> forms.computeIfAbsent(method.getName(), (name) -> new LinkedHashSet<>())
				.add(List.of(method.getParameterTypes())));
		return forms;
	}

	private static void invoke(Method method, Object target, boolean flag) {
		List<Object> arguments = new ArrayList<>();
		for (Class<?> type : method.getParameterTypes()) {
			boolean name = type == String.class && method.getParameterCount() == 2 && arguments.isEmpty();
			arguments.add(name ? "http" : argument(type, flag));
		}
		try {
			method.invoke(target, arguments.toArray());
		}
		catch (ReflectiveOperationException ex) {
			throw new AssertionError(method.toString(), ex);
		}
	}

	/** A valid value for any parameter of this type. */
	private static Object argument(Class<?> type, boolean flag) {
		CookieJar jar = new CookieJar();
		jar.set("a", "b");
		ResponseHook hook = (response, options) -> null;
		Auth auth = (request) -> {
			request.headers().put("X-Auth", "1");
			return request;
		};
		List<Object> arguments = List.of(PROXY, flag, Duration.ofSeconds(3), Path.of("some.pem"),
				Timeouts.of(Duration.ofSeconds(4)), Verify.disabled(), ClientCert.of(Path.of("own.pem")),
				Proxies.NONE.with("http", PROXY), KeyValues.fromText("c=d"), jar, hook, auth, Hooks.onResponse(hook),
				Map.of("http", PROXY), String.class);
		for (Object argument : arguments) {
			if (type.isInstance(argument) || (type == boolean.class && argument instanceof Boolean)) {
				return argument;
			}
		}
		throw new AssertionError("Add an argument of " + type);
	}

	/** Everything that an adapter sees of a call. */
	private static String observe(Consumer<Session.Builder> session, Consumer<RequestOptions> call) {
		List<String> seen = new ArrayList<>();
		FixedAdapter adapter = new FixedAdapter((request, options) -> seen.add(describe(request, options)));
		Session.Builder builder = Session.builder().trustEnv(false).mount("http://", adapter);
		session.accept(builder);
		try (Session made = builder.build()) {
			made.get("http://h/", call);
		}
		assertThat(seen).hasSize(1);
		return seen.get(0);
	}

	private static String describe(PreparedRequest request, SendOptions options) {
		Verify verify = (options.verify() != null) ? options.verify() : Verify.enabled();
		return request.url() + " " + new TreeMap<>(request.headers()) + " hooks "
				+ request.hooks().responseHooks().size() + " stream " + options.stream() + " redirects "
				+ !Boolean.FALSE.equals(options.allowRedirects()) + " " + options.timeouts() + " verify " + verify + " "
				+ options.cert() + " " + options.proxies().asMap() + " "
				+ ((options.deadline() != null) ? options.deadline().limit() : null) + " cache "
				+ !Boolean.FALSE.equals(options.cache()) + " " + options.attributes();
	}

}
