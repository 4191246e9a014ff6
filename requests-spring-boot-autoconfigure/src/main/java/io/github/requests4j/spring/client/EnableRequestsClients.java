package io.github.requests4j.spring.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;

/**
 * Enables the detection of {@link RequestsClient} interfaces outside the packages of the
 * application. Without attributes, the package of the annotated class is scanned.
 * <pre class="code">
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
	 * The packages to scan, including their subpackages.
	 * @return the packages
	 */
	@AliasFor("basePackages")
	String[] value() default {};

	/**
	 * The packages to scan, including their subpackages.
	 * @return the packages
	 */
	@AliasFor("value")
	String[] basePackages() default {};

	/**
	 * Classes whose packages are scanned.
	 * @return the classes
	 */
	Class<?>[] basePackageClasses() default {};

	/**
	 * Client interfaces to register without scanning.
	 * @return the interfaces, each with {@link RequestsClient}
	 */
	Class<?>[] clients() default {};

}
