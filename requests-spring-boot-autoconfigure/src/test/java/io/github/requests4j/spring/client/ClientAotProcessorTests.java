package io.github.requests4j.spring.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.DecoratingProxy;
import org.springframework.javapoet.ClassName;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is generated ahead of time for a client interface that is not public.
 */
class ClientAotProcessorTests {

	private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

	private final DefaultGenerationContext generation = new DefaultGenerationContext(
			new ClassNameGenerator(ClassName.get(Enabled.class)), this.files);

	@Test
	void interfaceIsReferencedByNameAndItsHintsAreRegistered() throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Enabled.class, RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class,
					RequestsClientsAutoConfiguration.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
		}
		this.generation.writeGeneratedContent();
		assertThat(sources()).noneMatch((source) -> source.contains("Hidden.class"))
			.anyMatch((source) -> source.contains("setBeanClassName(\"" + Hidden.class.getName() + "\")")
					&& source.contains("setAttribute(\"" + ClientBeans.CLIENT_TYPE + "\""));
		RuntimeHints hints = this.generation.getRuntimeHints();
		assertThat(RuntimeHintsPredicates.reflection().onType(Hidden.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Hidden.class.getDeclaredMethod("get")))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.proxies()
			.forInterfaces(Hidden.class, SpringProxy.class, Advised.class, DecoratingProxy.class)).accepts(hints);
	}

	private List<String> sources() {
		return this.files.getGeneratedFiles(Kind.SOURCE).values().stream().map((source) -> {
			try {
				return new String(source.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRequestsClients(clients = Hidden.class)
	static class Enabled {

	}

	@RequestsClient
	interface Hidden {

		@GetExchange("/")
		String get();

	}

}
