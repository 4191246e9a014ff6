package io.github.requests4j.spring.replicas;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.requests4j.Session;
import io.github.requests4j.spring.cookies.RequestsCookiesAutoConfiguration;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.RedisUnavailableException;
import io.github.requests4j.spring.internal.redis.RedisUse;
import io.github.requests4j.spring.internal.session.RefreshReport;
import io.github.requests4j.spring.internal.session.SessionBeanNames;
import io.github.requests4j.spring.oauth2.RequestsOAuth2AutoConfiguration;
import io.github.requests4j.spring.rate.RequestsRateAutoConfiguration;
import io.github.requests4j.spring.redis.RequestsRedisAutoConfiguration;
import io.github.requests4j.spring.refresh.RequestsRefreshAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * One of several copies of an application, in a JVM of its own. It obeys the commands on
 * its standard input, answers each with a line, and ends when the input ends.
 */
final class ReplicaProgram {

	/** The first characters of a line that is an answer. */
	static final String ANSWER = "> ";

	private static final int CALLERS = 8;

	/** With eight threads, a little more than 300 calls a second. */
	private static final int PAUSE_MILLIS = 25;

	private static final long LIMIT_SECONDS = 60;

	private final ConfigurableApplicationContext context;

	private final Path settings;

	private @Nullable Callers callers;

	private ReplicaProgram(Path settings) {
		this.settings = settings;
		SpringApplication application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.application();
		this.context = application.run("--spring.config.location=" + settings.toUri());
	}

	public static void main(String[] arguments) throws Exception {
		PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
		ReplicaProgram program = new ReplicaProgram(Path.of(arguments[0]));
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = commands.readLine(); line != null; line = commands.readLine()) {
			out.println(ANSWER + program.obey(line.split(" ")));
		}
		// Nothing is closed: the other replicas and Redis must cope with that
		Runtime.getRuntime().halt(0);
	}

	private String obey(String[] words) {
		try {
			return switch (words[0]) {
				case "call" -> call(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
				case "start" -> start(words[1], Integer.parseInt(words[2]));
				case "stop" -> stop();
				case "login" -> login();
				case "cookies" -> setCookies(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
				case "jar" -> jar();
				case "redis" -> "available=" + (isRedisAvailable() ? 1 : 0);
				case "refresh" -> refresh(Integer.parseInt(words[1]));
				default -> throw new IllegalArgumentException(words[0]);
			};
		}
		catch (Exception ex) {
			return "error " + ex;
		}
	}

	private Session session(String name) {
		return this.context.getBean(SessionBeanNames.of(name), Session.class);
	}

	/** Uses Redis, which is necessary to find out that it is back. */
	private boolean isRedisAvailable() {
		try {
			this.context.getBean(RedisAccess.class).call(RedisUse.COOKIES, (connection) -> connection.ping());
			return true;
		}
		catch (RedisUnavailableException ex) {
			return false;
		}
	}

	/** Makes so many calls in each of several threads. */
	private String call(String session, int threads, int calls) throws Exception {
		try (Callers started = new Callers(session(session), threads, calls, 0)) {
			return started.await();
		}
	}

	/** Starts threads that call until they are stopped. */
	private String start(String session, int threads) {
		this.callers = new Callers(session(session), threads, Integer.MAX_VALUE, PAUSE_MILLIS);
		return "started=" + threads;
	}

	private String stop() throws Exception {
		try (Callers started = Objects.requireNonNull(this.callers)) {
			started.stop();
			return started.await();
		}
	}

	/** Uses a service that requires a login. */
	private String login() {
		Session session = session("login");
		if (session.get("orders").statusCode() == 401) {
			session.post("login");
		}
		return "status=" + session.get("orders").statusCode();
	}

	private String setCookies(int from, int to) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
		try {
			List<Future<?>> changes = new ArrayList<>();
			for (int i = from; i < to; i++) {
				String number = Integer.toString(i);
				changes
					.add(threads.submit(() -> session("jar").cookies().set("c" + number, number, number + ".example")));
			}
			for (Future<?> change : changes) {
				change.get(LIMIT_SECONDS, TimeUnit.SECONDS);
			}
			return "set=" + changes.size();
		}
		finally {
			threads.shutdownNow();
		}
	}

	/** Calls, which reads what the other replicas have set, and counts the cookies. */
	private String jar() {
		session("jar").get("");
		return "cookies="
				+ session("jar").cookies().cookies().stream().map((cookie) -> cookie.name()).distinct().count();
	}

	/**
	 * Changes settings while threads make calls at a steady rate. Every other change
	 * replaces the transport.
	 */
	private String refresh(int changes) throws Exception {
		List<String> lines = Files.readAllLines(this.settings);
		try (Callers calling = new Callers(session("live"), CALLERS, Integer.MAX_VALUE, PAUSE_MILLIS)) {
			for (int version = 1; version <= changes; version++) {
				apply(lines, version, 20 + version / 2);
				calling.awaitMore(CALLERS);
			}
			calling.stop();
			String calls = calling.await();
			// Closes all connections but one
			apply(lines, changes + 1, 1);
			return calls + " threads=" + threads();
		}
	}

	private void apply(List<String> lines, int version, int connections) throws IOException {
		List<String> changed = new ArrayList<>(lines);
		changed.add("requests.sessions.live.headers.X-Version=" + version);
		changed.add("requests.sessions.live.adapter.pool-maxsize=" + connections);
		Files.write(this.settings, changed);
		this.context.getBean(ContextRefresher.class).refresh();
		RefreshReport report = Objects.requireNonNull(this.context.getBean(RefreshReport.Last.class).get());
		if (report.error() != null) {
			throw new IllegalStateException(report.error());
		}
		String seen = session("live").get("").text();
		if (!seen.equals(Integer.toString(version))) {
			throw new IllegalStateException("Version " + seen + " instead of " + version);
		}
	}

	/** The threads of the library, without those that wait for Redis. */
	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("requests") && !name.startsWith("requests-redis"))
			.count();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, OAuth2ClientAutoConfiguration.class,
			RefreshAutoConfiguration.class, ConfigurationPropertiesRebinderAutoConfiguration.class,
			RequestsRedisAutoConfiguration.class, RequestsAutoConfiguration.class,
			RequestsOAuth2AutoConfiguration.class, RequestsRateAutoConfiguration.class,
			RequestsCookiesAutoConfiguration.class, RequestsRefreshAutoConfiguration.class })
	static class Application {

	}

}
