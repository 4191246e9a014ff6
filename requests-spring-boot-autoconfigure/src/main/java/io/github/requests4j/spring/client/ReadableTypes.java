package io.github.requests4j.spring.client;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.deser.std.ReferenceTypeDeserializer;

import org.springframework.core.ResolvableType;
import org.springframework.http.converter.AbstractJacksonHttpMessageConverter;
import org.springframework.http.converter.GenericHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.SmartHttpMessageConverter;
import org.springframework.util.ClassUtils;

/**
 * The Java types that message converters can read for some content type.
 */
final class ReadableTypes {

	private static final boolean JACKSON = ClassUtils.isPresent("tools.jackson.databind.ObjectMapper",
			ReadableTypes.class.getClassLoader());

	private final List<HttpMessageConverter<?>> converters = new ArrayList<>();

	ReadableTypes(Iterable<? extends HttpMessageConverter<?>> converters) {
		converters.forEach(this.converters::add);
	}

	boolean contain(ResolvableType type) {
		for (HttpMessageConverter<?> converter : this.converters) {
			if (canRead(converter, type)) {
				return true;
			}
		}
		return false;
	}

	private static boolean canRead(HttpMessageConverter<?> converter, ResolvableType type) {
		if (JACKSON && JacksonTypes.isJackson(converter)) {
			return JacksonTypes.canRead(converter, type);
		}
		Class<?> raw = type.resolve(Object.class);
		if (converter instanceof SmartHttpMessageConverter<?> smart) {
			return smart.canRead(type, null);
		}
		if (converter instanceof GenericHttpMessageConverter<?> generic) {
			return generic.canRead(type.getType(), null, null);
		}
		return converter.canRead(raw, null);
	}

	/**
	 * Checks types with Jackson itself, because Spring's converters claim that Jackson
	 * can read every type. This is a separate class, because Jackson may be absent.
	 */
	private static final class JacksonTypes {

		private JacksonTypes() {
		}

		static boolean isJackson(HttpMessageConverter<?> converter) {
			return converter instanceof AbstractJacksonHttpMessageConverter;
		}

		static boolean canRead(HttpMessageConverter<?> converter, ResolvableType type) {
			AbstractJacksonHttpMessageConverter<?> jackson = (AbstractJacksonHttpMessageConverter<?>) converter;
			Class<?> raw = type.resolve(Object.class);
			if (!jackson.getMappersForType(raw).isEmpty()) {
				return true;
			}
			ObjectMapper mapper = jackson.getMapper();
			try {
				return canRead(mapper._deserializationContext(), mapper.constructType(type.getType()));
			}
			catch (JacksonException ex) {
				return false;
			}
		}

		private static boolean canRead(DeserializationContext context, JavaType type) {
			ValueDeserializer<Object> deserializer = context.findRootValueDeserializer(type);
			if (deserializer instanceof AbstractDeserializer) {
				return false;
			}
			if (deserializer instanceof BeanDeserializerBase bean) {
				return bean.getValueInstantiator().canInstantiate();
			}
			boolean contains = deserializer instanceof ContainerDeserializerBase
					|| deserializer instanceof ReferenceTypeDeserializer;
			return !contains || type.getContentType() == null || canRead(context, type.getContentType());
		}

	}

}
