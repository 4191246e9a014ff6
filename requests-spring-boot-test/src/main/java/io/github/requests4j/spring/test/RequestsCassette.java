package io.github.requests4j.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.test.context.aot.DisabledInAotMode;

/**
 * Records what the sessions of a test exchange with real servers, and replays it without
 * network. The file is an HTTP archive (HAR 1.2) that browsers and other tools can show.
 * Credentials, cookies and what is called a secret in headers, parameters, forms and JSON
 * are masked before they reach the disk; look through a new file before you commit it.
 * <p>
 * Whether a test records or replays is its {@linkplain #mode() mode}. By default, it
 * records when the file does not exist, but never where the environment variable
 * {@code CI} is set. To record again, delete the file, or set the property
 * {@code requests.test.cassette.mode} to {@code all} for one run.
 * <p>
 * On a method for that method, or on a class for all its test methods together. The
 * methods of such a class need a fixed order. If a test fails, nothing is recorded.
 * <p>
 * Tests with it are left out of ahead-of-time processing, for the recorder is between
 * sessions and transports that are made anew for each test. <pre class="code">
 * &#64;SpringBootTest
 * class GitHubTests {
 *
 *     &#64;Test
 *     &#64;RequestsCassette("github/stars.har")
 *     void stars(&#64;Autowired GitHub gitHub) {
 *         assertThat(gitHub.stars("requests")).isPositive();
 *     }
 *
 * }
 * </pre>
 */
@DisabledInAotMode("The recorder is put between sessions and transports when the test runs")
@Documented
@Inherited
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
public @interface RequestsCassette {

	/**
	 * The file.
	 * @return its path below {@link #directory}
	 */
	String value();

	/**
	 * Where files lie.
	 * @return a directory of the project
	 */
	String directory() default "src/test/resources";

	/**
	 * When exchanges are recorded. The property {@code requests.test.cassette.mode}
	 * ({@code none}, {@code once}, {@code all} or {@code auto}), of the system or of the
	 * test's environment, overrides it for all tests.
	 * @return the mode
	 */
	Mode mode() default Mode.AUTO;

	/**
	 * What a recorded exchange must have in common with a call to answer it.
	 * @return the matching
	 */
	Matching matching() default Matching.STRICT;

	/**
	 * Names of further headers, parameters and JSON fields whose values are masked.
	 * @return the names, in any case
	 */
	String[] masked() default {};

	/** When exchanges are recorded. */
	enum Mode {

		/**
		 * {@link #NONE} where the environment variable {@code CI} is set and not
		 * {@code false}, otherwise {@link #ONCE}.
		 */
		AUTO,

		/**
		 * Never: a call without a recorded response fails the test.
		 */
		NONE,

		/**
		 * When the file does not exist.
		 */
		ONCE,

		/**
		 * Always: an existing file is replaced.
		 */
		ALL

	}

	/** How calls are matched with recorded exchanges. */
	enum Matching {

		/**
		 * The same calls in the same order: method, URL and body. What was recorded and
		 * is not asked for fails the test.
		 */
		STRICT,

		/**
		 * Method and URL only, in any order and as often as wanted; of several recorded
		 * answers to the same call each is given once, and the last from then on.
		 */
		LENIENT

	}

}
