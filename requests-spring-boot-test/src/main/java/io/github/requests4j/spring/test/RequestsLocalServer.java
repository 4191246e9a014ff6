package io.github.requests4j.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.test.context.aot.DisabledInAotMode;

/**
 * Starts a {@link LocalServer} for a test class and sets the {@code base-url} of sessions
 * to its URL. The server is a bean, is reset before each test method, and stops with the
 * context. Use this annotation with {@code @SpringBootTest}, but not with
 * {@link RequestsTest}, whose sessions never reach the network.
 * <p>
 * Tests with this annotation are excluded from ahead-of-time processing, because the port
 * of the server is not known at that time. <pre class="code">
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
@DisabledInAotMode("The port of the server is only known at run time")
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequestsLocalServer {

	/**
	 * The sessions whose base URL is set to the URL of the server.
	 * @return the names of the sessions
	 */
	String[] value();

	/**
	 * The path of the base URL.
	 * @return the path
	 */
	String path() default "/";

}
