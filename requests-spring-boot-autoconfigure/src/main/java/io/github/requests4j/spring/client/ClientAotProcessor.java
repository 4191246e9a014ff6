package io.github.requests4j.spring.client;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.TypeReference;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.javapoet.CodeBlock;

/**
 * Makes the code that Spring generates ahead of time refer to client interfaces by name.
 * That code is in the package of the client factory, where a non-public interface is not
 * visible.
 */
final class ClientAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		return bean.getMergedBeanDefinition().hasAttribute(ClientBeans.CLIENT_TYPE)
				? BeanRegistrationAotContribution.withCustomCodeFragments(NamedType::new) : null;
	}

	/**
	 * Generates the bean definition with the name of its class instead of the class
	 * itself.
	 */
	private static final class NamedType extends BeanRegistrationCodeFragmentsDecorator {

		NamedType(BeanRegistrationCodeFragments delegate) {
			super(delegate);
		}

		@Override
		public CodeBlock generateNewBeanDefinitionCode(GenerationContext context, ResolvableType type,
				BeanRegistrationCode code) {
			Class<?> client = type.toClass();
			context.getRuntimeHints()
				.reflection()
				.registerType(TypeReference.of(client), MemberCategory.INVOKE_DECLARED_METHODS);
			return CodeBlock.builder()
				.addStatement("$T $L = new $T()", RootBeanDefinition.class, BEAN_DEFINITION_VARIABLE,
						RootBeanDefinition.class)
				.addStatement("$L.setBeanClassName($S)", BEAN_DEFINITION_VARIABLE, client.getName())
				.build();
		}

		/** Keeps the attribute that excludes clients from lazy initialization. */
		@Override
		public CodeBlock generateSetBeanDefinitionPropertiesCode(GenerationContext context, BeanRegistrationCode code,
				RootBeanDefinition definition, Predicate<String> attributes) {
			return super.generateSetBeanDefinitionPropertiesCode(context, code, definition,
					attributes.or(ClientBeans.CLIENT_TYPE::equals));
		}

	}

}
