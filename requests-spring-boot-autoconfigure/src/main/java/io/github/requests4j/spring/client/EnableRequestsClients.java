package io.github.requests4j.spring.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;

/**
 * Finds {@link RequestsClient} interfaces beyond the packages of the application. Without
 * attributes, the package of the annotated class is searched. <pre class="code">
 * &#64;SpringBootApplication
 * &#64;EnableRequestsClients(basePackages = "com.example.clients")
 * class ShopApplication {
 *
 * }
 * </pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(EnabledClientsRegistrar.class)
public @interface EnableRequestsClients {

	/**
	 * Packages to search, with those below them.
	 * @return the packages
	 */
	@AliasFor("basePackages")
	String[] value() default {};

	/**
	 * Packages to search, with those below them.
	 * @return the packages
	 */
	@AliasFor("value")
	String[] basePackages() default {};

	/**
	 * Classes whose packages are searched.
	 * @return the classes
	 */
	Class<?>[] basePackageClasses() default {};

	/**
	 * Interfaces to take without searching.
	 * @return the interfaces, each with {@link RequestsClient}
	 */
	Class<?>[] clients() default {};

}
