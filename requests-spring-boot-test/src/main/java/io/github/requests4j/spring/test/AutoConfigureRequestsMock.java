package io.github.requests4j.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Replaces the network with mocks for all configured sessions, so that
 * {@link MockSessions} can be injected. Use this annotation with {@code @SpringBootTest}.
 * {@link RequestsTest} already includes it. <pre class="code">
 * &#64;SpringBootTest
 * &#64;AutoConfigureRequestsMock
 * class ShopTests {
 *
 *     &#64;Test
 *     void showsItems(&#64;Autowired Shop shop, &#64;Autowired MockSessions mocks) {
 *         mocks.session("catalog").expect("GET", "/items").reply(Reply.json(List.of()));
 *         assertThat(shop.items()).isEmpty();
 *     }
 *
 * }
 * </pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ImportAutoConfiguration(MockSessionsAutoConfiguration.class)
public @interface AutoConfigureRequestsMock {

}
