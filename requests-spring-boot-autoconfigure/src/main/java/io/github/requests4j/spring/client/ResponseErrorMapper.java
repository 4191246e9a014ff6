package io.github.requests4j.spring.client;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.Response;

/**
 * Maps responses with a status from 400 to 599 to the application's own exceptions. Beans
 * of this type are called in their order, and the first exception is thrown. If all
 * return {@code null}, an {@link io.github.requests4j.http.HttpException HttpException}
 * is thrown. Mappers are not called for methods that return a response or an entity,
 * which do not throw for any status, or for the 404 of an {@code Optional}.
 * Implementations must be thread-safe. <pre class="code">
 * &#64;Bean
 * ResponseErrorMapper soldOut() {
 *     return (response, call) -&gt; (response.statusCode() == 409 &amp;&amp; "catalog".equals(call.session()))
 *             ? new SoldOutException(response.json().path("item").asString()) : null;
 * }
 * </pre>
 */
@FunctionalInterface
public interface ResponseErrorMapper {

	/**
	 * Returns the exception for a response.
	 * @param response the response, whose body can be read; it is closed afterwards
	 * @param call the session, client and URI template of the call
	 * @return the exception to throw, or {@code null} to try the next mapper
	 */
	@Nullable RuntimeException map(Response response, CallContext call);

	/**
	 * Returns a mapper for responses with problem details (RFC 9457). Its exception is
	 * Spring's {@link org.springframework.web.ErrorResponseException}, with the status of
	 * the response, the members of the body and the
	 * {@link io.github.requests4j.http.HttpException HttpException} as its cause. A
	 * controller that lets it pass answers with the same status and problem.
	 * @return the mapper, which ignores responses without problem details
	 * @see io.github.requests4j.http.ProblemDetail
	 */
	static ResponseErrorMapper problemDetails() {
		return (response, call) -> ProblemException.of(ResponseErrors.exception(response));
	}

}
