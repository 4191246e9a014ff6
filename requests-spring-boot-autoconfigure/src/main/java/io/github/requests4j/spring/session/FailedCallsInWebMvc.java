package io.github.requests4j.spring.session;

import java.util.List;

import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.support.DefaultHandlerExceptionResolver;
import org.springframework.web.util.DisconnectedClientHelper;

import io.github.requests4j.http.RequestException;

/**
 * Makes Spring MVC report a failed call whose connection broke. Spring MVC takes an
 * {@code EOFException}, a broken pipe or a connection reset for the loss of its own
 * client. It then logs nothing and leaves the response at status 200 without a body.
 * Handlers of the application come first.
 */
final class FailedCallsInWebMvc implements WebMvcConfigurer {

	@Override
	public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
		int index = 0;
		while (index < resolvers.size() && !(resolvers.get(index) instanceof DefaultHandlerExceptionResolver)) {
			index++;
		}
		resolvers.add(index, (request, response, handler, ex) -> {
			if (ex instanceof RuntimeException failure && isFailedCall(ex)
					&& DisconnectedClientHelper.isClientDisconnectedException(ex)) {
				throw failure;
			}
			return null;
		});
	}

	private static boolean isFailedCall(Throwable ex) {
		Throwable current = ex;
		for (int depth = 0; current != null && depth < 10; depth++) {
			if (current instanceof RequestException) {
				return true;
			}
			current = current.getCause();
		}
		return false;
	}

}
