package calls

import io.github.requests4j.Session
import io.github.requests4j.http.Response

/** What a caller in Kotlin writes; no type needs a platform's exclamation mark. */
fun name(session: Session, url: String): String {
	val response: Response = session.get(url) { it.param("q", "tea").param("unset", null).header("Accept", "text/plain") }
	response.raiseForStatus()
	val text: String = response.text()
	return text.trim()
}

/** A header may be missing, and the compiler asks what then. */
fun server(response: Response): String = response.headers().get("Server") ?: "nobody"
