package io.github.requests4j.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.test.context.aot.DisabledInAotMode;

/**
 * Starts a {@link LocalServer} for a test class and points sessions at it, by their
 * {@code base-url}. The server is a bean, is emptied before each test method, and stops
 * with the context. For use beside {@code @SpringBootTest}; not beside
 * {@link RequestsTest}, whose sessions reach no network.
 * <p>
 * Tests with it are left out of ahead-of-time processing, for the port of the server is
 * not known then. <pre class="code">
 * &#64;SpringBootTest
 * &#64;RequestsLocalServer("catalog")
 * class ShopTests {
 *
 *     &#64;Test
 *     void survivesABrokenCatalog(&#64;Autowired LocalServer server, &#64;Autowired Shop shop) {
 *         server.on("GET", "/items", Reply.disconnect());
 *         assertThat(shop.items()).isEmpty();
 *     }
 *
 * }
 * </pre>
 */
@DisabledInAotMode("The server has a port only when the test runs")
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequestsLocalServer {

	/**
	 * The sessions whose base URL becomes that of the server.
	 * @return the names of the sessions
	 */
	String[] value();

	/**
	 * The path of the base URL.
	 * @return the path
	 */
	String path() default "/";

}
