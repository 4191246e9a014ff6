package io.github.requests4j.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.test.context.aot.DisabledInAotMode;

/**
 * Records the exchanges of a test's sessions with real servers, and plays them back
 * without the network. The file is an HTTP archive (HAR 1.2) that browsers and other
 * tools can show. Credentials, cookies and values with secret names in headers,
 * parameters, forms and JSON are masked before they are written to the disk. Check a new
 * file for secrets before you commit it.
 * <p>
 * The {@linkplain #mode() mode} determines whether a test records or plays back. By
 * default, it records if the file does not exist, but never if the environment variable
 * {@code CI} is set. To record again, delete the file, or set the property
 * {@code requests.test.cassette.mode} to {@code all} for one run.
 * <p>
 * The annotation on a method applies to that method. On a class, it applies to all its
 * test methods together, which then need a fixed order. If a test fails, nothing is
 * recorded.
 * <p>
 * Tests with this annotation are excluded from ahead-of-time processing, because the
 * recorder is inserted between sessions and transports at run time. <pre class="code">
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
@DisabledInAotMode("The recorder is inserted between sessions and transports at run time")
@Documented
@Inherited
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
public @interface RequestsCassette {

	/**
	 * The recording file.
	 * @return its path relative to {@link #directory}
	 */
	String value();

	/**
	 * The directory of recording files.
	 * @return a directory of the project
	 */
	String directory() default "src/test/resources";

	/**
	 * When exchanges are recorded. The property {@code requests.test.cassette.mode}
	 * ({@code none}, {@code once}, {@code all} or {@code auto}), which can be a system
	 * property or a property of the test's environment, overrides it for all tests.
	 * @return the mode
	 */
	Mode mode() default Mode.AUTO;

	/**
	 * How calls are matched with recorded exchanges.
	 * @return the matching
	 */
	Matching matching() default Matching.STRICT;

	/**
	 * Names of additional headers, parameters and JSON fields whose values are masked.
	 * @return the names, in any case
	 */
	String[] masked() default {};

	/** When exchanges are recorded. */
	enum Mode {

		/**
		 * {@link #NONE} if the environment variable {@code CI} is set and not
		 * {@code false}, otherwise {@link #ONCE}.
		 */
		AUTO,

		/**
		 * Never. A call without a recorded response fails the test.
		 */
		NONE,

		/**
		 * Only if the file does not exist.
		 */
		ONCE,

		/**
		 * Always. An existing file is replaced.
		 */
		ALL

	}

	/** How calls are matched with recorded exchanges. */
	enum Matching {

		/**
		 * By method, URL and body, in the same order. A recorded call that is not made
		 * fails the test.
		 */
		STRICT,

		/**
		 * By method and URL only, in any order and any number of times. Each of several
		 * recorded responses to the same call is used once, and the last one is repeated.
		 */
		LENIENT

	}

}
