package io.github.requests4j.spring.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.ObjectUtils;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;

/**
 * Resolves beans and records without annotations to query parameters, one for each
 * property. A {@code null} value is omitted, and the elements of a collection or an array
 * repeat the parameter. Thread-safe.
 */
final class QueryBeanArgumentResolver implements HttpServiceArgumentResolver {

	private static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);

	private final ConversionService conversions;

	private final Map<MethodParameter, Boolean> queries = new ConcurrentHashMap<>();

	private final Map<Class<?>, QueryBean> beans = new ConcurrentHashMap<>();

	QueryBeanArgumentResolver(ConversionService conversions) {
		this.conversions = conversions;
	}

	@Override
	public boolean resolve(@Nullable Object argument, MethodParameter parameter, HttpRequestValues.Builder values) {
		if (!this.queries.computeIfAbsent(parameter,
				(key) -> SupportTable.Argument.of(key) == SupportTable.Argument.QUERY)) {
			return false;
		}
		if (argument != null) {
			QueryBean bean = this.beans.computeIfAbsent(argument.getClass(), QueryBean::of);
			for (QueryBean.Property property : bean.properties()) {
				String[] texts = texts(property, property.read(argument));
				if (texts.length > 0) {
					values.addRequestParameter(property.name(), texts);
				}
			}
		}
		return true;
	}

	private String[] texts(QueryBean.Property property, @Nullable Object value) {
		if (value == null) {
			return new String[0];
		}
		if (value.getClass().isArray()) {
			return texts(property, List.of(ObjectUtils.toObjectArray(value)));
		}
		if (!(value instanceof Collection<?> elements)) {
			return new String[] { text(property, value, property.type()) };
		}
		List<String> texts = new ArrayList<>(elements.size());
		TypeDescriptor declared = property.type().getElementTypeDescriptor();
		for (Object element : elements) {
			if (element != null) {
				texts.add(text(property, element, (declared != null) ? declared : TypeDescriptor.forObject(element)));
			}
		}
		return texts.toArray(String[]::new);
	}

	/** Converts a value to a string. A bean in a bean has no useful string form. */
	private String text(QueryBean.Property property, Object value, TypeDescriptor type) {
		if (value instanceof Map || value.getClass().isRecord() || !this.conversions.canConvert(type, TEXT)) {
			throw new IllegalArgumentException("The property '" + property.name() + "' of a query has the type "
					+ value.getClass().getName() + ", which is not a single value. Use a string, a number, a date"
					+ " or a collection of these.");
		}
		return String.valueOf(this.conversions.convert(value, type, TEXT));
	}

}
