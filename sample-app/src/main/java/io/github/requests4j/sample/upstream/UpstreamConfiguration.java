package io.github.requests4j.sample.upstream;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Configures the embedded services.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UpstreamProperties.class)
class UpstreamConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "depot.upstream.enabled", matchIfMissing = true)
	static class Embedded {

		@Bean
		Troubles troubles() {
			return new Troubles();
		}

		@Bean
		Stock stock() {
			return new Stock();
		}

		@Bean
		CookieGate shippingGate() {
			return new CookieGate();
		}

		@Bean
		TokenGate carrierGate(UpstreamProperties properties) {
			return new TokenGate(properties.tokenTime());
		}

		@Bean
		Usage usage() {
			return new Usage();
		}

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> troubleMaker(Troubles troubles,
				UpstreamProperties properties) {
			return (tomcat) -> tomcat.addEngineValves(new TroubleValve(troubles, properties));
		}

		@Bean
		WebMvcConfigurer upstreamMvc(CookieGate shippingGate, TokenGate carrierGate) {
			BasicGate paymentsGate = new BasicGate("payments", "depot", "secret");
			return new WebMvcConfigurer() {

				@Override
				public void addFormatters(FormatterRegistry registry) {
					// Accepts "flaky" as well as "FLAKY"
					ApplicationConversionService.addApplicationConverters(registry);
				}

				@Override
				public void addInterceptors(InterceptorRegistry registry) {
					registry.addInterceptor(carrierGate).addPathPatterns("/upstream/carrier/**");
					registry.addInterceptor(paymentsGate).addPathPatterns("/upstream/payments/**");
					registry.addInterceptor(shippingGate)
						.addPathPatterns("/upstream/shipping/**")
						.excludePathPatterns("/upstream/shipping/login");
				}

			};
		}

	}

}
