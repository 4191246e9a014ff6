package io.github.requests4j.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.Environment;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Tests the interface clients of an application without its other components. The context
 * contains the configured sessions, the clients, JSON, and beans of type
 * {@code SessionCustomizer}, {@code ResponseErrorMapper} and
 * {@code HttpServiceArgumentResolver}. It has no web server and no other components, and
 * mocks replace the network. See {@link MockSessions}. <pre class="code">
 * &#64;RequestsTest(CatalogClient.class)
 * class CatalogClientTests {
 *
 *     &#64;Test
 *     void finds(&#64;Autowired CatalogClient catalog, &#64;Autowired MockSessions mocks) {
 *         mocks.session("catalog").expect("GET", "/items/tea").reply(Reply.json("{\"sku\":\"tea\"}"));
 *         assertThat(catalog.item("tea").sku()).isEqualTo("tea");
 *     }
 *
 * }
 * </pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BootstrapWith(RequestsTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(RequestsTypeExcludeFilter.class)
@AutoConfigureRequests
@AutoConfigureRequestsMock
@ImportAutoConfiguration
public @interface RequestsTest {

	/**
	 * The client interfaces to test, and other components they need.
	 * @return the types; if empty, all clients of the application
	 */
	@AliasFor("clients")
	Class<?>[] value() default {};

	/**
	 * The client interfaces to test, and other components they need.
	 * @return the types; if empty, all clients of the application
	 */
	@AliasFor("value")
	Class<?>[] clients() default {};

	/**
	 * Properties to add to the {@link Environment}, as {@code key=value}.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Whether scanning includes the beans that are listed above. Otherwise, it only
	 * includes beans that match {@link #includeFilters}.
	 * @return the setting
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Filters for additional beans that scanning includes.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Filters for beans that scanning excludes.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations to exclude.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
