package io.github.requests4j.spring.client;

import java.beans.PropertyDescriptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.BindParam;

/**
 * A bean or record whose properties are query parameters. Immutable.
 *
 * @param properties the properties, in order
 */
record QueryBean(List<Property> properties) {

	/**
	 * One query parameter.
	 *
	 * @param name its name
	 * @param getter the method that reads it
	 * @param type its type, with the annotations for its format
	 */
	record Property(String name, Method getter, TypeDescriptor type) {

		@Nullable Object read(Object bean) {
			return ReflectionUtils.invokeMethod(this.getter, bean);
		}

	}

	/**
	 * Returns whether an argument without annotations is a query.
	 */
	static boolean supports(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		return !isAnnotated(parameter) && (type.isRecord() || isBean(type));
	}

	private static boolean isAnnotated(MethodParameter parameter) {
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			if (annotation.annotationType().getName().startsWith("org.springframework.web.bind.annotation.")) {
				return true;
			}
		}
		return false;
	}

	private static boolean isBean(Class<?> type) {
		return !BeanUtils.isSimpleProperty(type) && !type.isInterface() && !type.isArray() && !isOfLibrary(type)
				&& !beanProperties(type).isEmpty();
	}

	private static boolean isOfLibrary(Class<?> type) {
		String name = type.getName();
		return name.startsWith("java.") || name.startsWith("org.springframework.")
				|| name.startsWith("io.github.requests4j.http.") || Collection.class.isAssignableFrom(type);
	}

	static QueryBean of(Class<?> type) {
		return new QueryBean(type.isRecord() ? recordProperties(type) : beanProperties(type));
	}

	private static List<Property> recordProperties(Class<?> type) {
		RecordComponent[] components = type.getRecordComponents();
		Parameter[] parameters = canonical(type, components).getParameters();
		List<Property> properties = new ArrayList<>(components.length);
		for (int i = 0; i < components.length; i++) {
			Method getter = components[i].getAccessor();
			ReflectionUtils.makeAccessible(getter);
			BindParam bound = parameters[i].getAnnotation(BindParam.class);
			properties.add(new Property((bound != null) ? bound.value() : components[i].getName(), getter,
					new TypeDescriptor(new MethodParameter(getter, -1))));
		}
		return properties;
	}

	private static Constructor<?> canonical(Class<?> type, RecordComponent[] components) {
		Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
		try {
			return type.getDeclaredConstructor(types);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException("The record " + type.getName() + " has no canonical constructor.", ex);
		}
	}

	private static List<Property> beanProperties(Class<?> type) {
		List<Property> properties = new ArrayList<>();
		for (PropertyDescriptor descriptor : BeanUtils.getPropertyDescriptors(type)) {
			Method getter = descriptor.getReadMethod();
			if (getter != null && getter.getDeclaringClass() != Object.class) {
				ReflectionUtils.makeAccessible(getter);
				properties.add(new Property(descriptor.getName(), getter,
						new TypeDescriptor(new org.springframework.core.convert.Property(type, getter,
								descriptor.getWriteMethod(), descriptor.getName()))));
			}
		}
		return properties;
	}

}
