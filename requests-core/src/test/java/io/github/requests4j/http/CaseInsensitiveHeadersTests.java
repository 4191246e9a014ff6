package io.github.requests4j.http;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.github.requests4j.internal.url.Secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class CaseInsensitiveHeadersTests {

	@Test
	@DisplayName("243: an entry keeps the position where it was first set and the case in which it was last set")
	void replacedEntryKeepsItsPosition() {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		assertThat(headers.put("A", "1")).isNull();
		headers.put("b", "2");
		assertThat(headers.put("a", "3")).isEqualTo("1");
		assertThat(headers.entrySet()).containsExactly(Map.entry("a", "3"), Map.entry("b", "2"));
		assertThat(headers).hasToString("{a=3, b=2}").isEqualTo(Map.of("A", "3", "B", "2"));
		assertThat(headers.lowerItems()).containsExactly(Map.entry("a", "3"), Map.entry("b", "2"));
	}

	@Test
	@DisplayName("243: names are found in any case; a missing name returns null")
	void getIgnoresCase() {
		CaseInsensitiveHeaders headers = Bodies.headers("Content-Type", "x");
		assertThat(headers.get("content-TYPE")).isEqualTo("x");
		assertThat(headers.containsKey("CONTENT-type")).isTrue();
		assertThat(headers.get("zz")).isNull();
		Object number = 3;
		assertThat(headers.get(number)).isNull();
		assertThat(headers.get(null)).isNull();
		assertThat(headers.containsKey(number)).isFalse();
		assertThat(headers.getOrDefault("zz", "d")).isEqualTo("d");
		assertThatNullPointerException().isThrownBy(() -> headers.put(null, "x"));
	}

	@Test
	@DisplayName("243: names are removed in any case")
	void removeIgnoresCase() {
		CaseInsensitiveHeaders headers = Bodies.headers("a", "3", "b", "2", "c", "1");
		assertThat(headers.remove("A")).isEqualTo("3");
		assertThat(headers.remove("zz")).isNull();
		assertThat(headers.keySet()).containsExactly("b", "c");
		assertThat(headers.keySet().remove("B")).isTrue();
		assertThat(headers.values()).containsExactly("1");
		headers.clear();
		assertThat(headers).isEmpty();
	}

	@Test
	@DisplayName("243: the last of several names that differ only in case wins")
	void lastOfSeveralCasesWins() {
		Map<String, String> map = new LinkedHashMap<>();
		map.put("a", "1");
		map.put("A", "2");
		assertThat(new CaseInsensitiveHeaders(map).entrySet()).containsExactly(Map.entry("A", "2"));
	}

	@Test
	@DisplayName("243: equality ignores case and order, and compares with any map of text but never with a list")
	void equalityIgnoresCaseAndOrder() {
		CaseInsensitiveHeaders headers = Bodies.headers("A", "1", "b", "2");
		assertThat(headers).isEqualTo(Bodies.headers("B", "2", "a", "1"))
			.hasSameHashCodeAs(Bodies.headers("B", "2", "a", "1"));
		assertThat(headers.equals(new HashMap<>(Map.of("a", "1", "B", "2")))).isTrue();
		assertThat(headers.equals(Map.of("a", "1"))).isFalse();
		assertThat(headers.equals(Map.of("a", "1", "b", "3"))).isFalse();
		assertThat(headers.equals(Map.of("a", "1", "c", "2"))).isFalse();
		assertThat(headers.equals(Map.of(1, "1", "b", "2"))).isFalse();
		assertThat(headers.equals(Map.of("a", 1, "b", "2"))).isFalse();
		assertThat(headers.equals(List.of("A", "b"))).isFalse();
		assertThat(headers.equals(null)).isFalse();
		assertThat(headers).isNotEqualTo(Bodies.headers("A", "1", "b", "22"));
	}

	@Test
	@DisplayName("243: a copy is independent")
	void copyIsIndependent() {
		CaseInsensitiveHeaders headers = Bodies.headers("A", "1", "a", "2");
		CaseInsensitiveHeaders copy = headers.copy();
		copy.add("A", "3");
		copy.put("b", "4");
		assertThat(headers.getAll("a")).containsExactly("1", "2");
		assertThat(copy.getAll("a")).containsExactly("1", "2", "3");
		assertThat(headers).hasSize(1);
		headers.clear();
		assertThat(copy).hasSize(2);
	}

	@Test
	@DisplayName("207: repeated headers are joined to one entry in the case that came first")
	void repeatedHeadersAreJoined() {
		CaseInsensitiveHeaders headers = Bodies.headers("Vary", "a", "X", "1", "VARY", "b", "vary", "c");
		assertThat(headers.get("vary")).isEqualTo("a, b, c");
		assertThat(headers.getAll("vary")).containsExactly("a", "b", "c");
		assertThat(headers.getAll("x")).containsExactly("1");
		assertThat(headers.getAll("zz")).isEmpty();
		assertThat(headers.nameAt(0)).isEqualTo("Vary");
		assertThat(headers.valueAt(0)).isEqualTo("a, b, c");
		assertThat(headers.put("Vary", "z")).isEqualTo("a, b, c");
		assertThat(headers.getAll("vary")).containsExactly("z");
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> headers.nameAt(2));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> headers.valueAt(-1));
	}

	@Test
	@DisplayName("18, 20: a null value marks a header for removal")
	void nullValueMarksAHeaderForRemoval() {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.put("a", null);
		headers.put("b", "1");
		headers.put("c", null);
		assertThat(headers.containsKey("A")).isTrue();
		assertThat(headers.get("A")).isNull();
		assertThat(headers.getAll("A")).isEmpty();
		assertThat(headers.lowerItems()).contains(new SimpleImmutableEntry<>("a", null));
		CaseInsensitiveHeaders same = new CaseInsensitiveHeaders();
		same.putAll(headers);
		assertThat(same).isEqualTo(headers).hasSameHashCodeAs(headers);
		headers.removeNulls();
		assertThat(headers.keySet()).containsExactly("b");
		same.add("A", "2");
		assertThat(same.get("a")).isEqualTo("2");
	}

	@Test
	@DisplayName("243: headers behave like any other map")
	void behavesLikeAnyMap() {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		for (int i = 0; i < 100; i++) {
			headers.put("h" + i, Integer.toString(i));
		}
		assertThat(headers).hasSize(100);
		assertThat(headers.get("H99")).isEqualTo("99");
		Iterator<Map.Entry<String, String>> entries = headers.entrySet().iterator();
		assertThatIllegalStateException().isThrownBy(entries::remove);
		entries.next().setValue("zero");
		assertThat(headers.get("h0")).isEqualTo("zero");
		entries.next();
		entries.remove();
		assertThat(entries.next().getKey()).isEqualTo("h2");
		assertThat(headers).hasSize(99).doesNotContainKey("h1");
		entries.forEachRemaining((entry) -> assertThat(entry.getKey()).startsWith("h"));
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(entries::next);
		assertThat(new ArrayList<>(headers.keySet()).subList(0, 2)).isEqualTo(Arrays.asList("h0", "h2"));
	}

	@Test
	@DisplayName("threat 40: toString() masks credentials and cookies")
	void toStringMasksCredentials() {
		CaseInsensitiveHeaders headers = Bodies.headers("AUTHORIZATION", "canary", "proxy-authorization", "canary",
				"Cookie", "canary", "set-cookie", "canary", "Set-Cookie", "canary", "Accept", "x");
		assertThat(headers.toString()).doesNotContain("canary").contains("Accept=x", "AUTHORIZATION=***");
		assertThat(headers.entrySet().stream().map(Object::toString)).hasSize(5);
		assertThat(Secrets.isCredentialHeader("COOKIE")).isTrue();
		assertThat(Secrets.isCredentialHeader("Accept")).isFalse();
	}

	@Test
	@DisplayName("read-only headers reject every change and can be copied")
	void readOnlyHeadersRejectChanges() {
		CaseInsensitiveHeaders shown = new CaseInsensitiveHeaders(Map.of("A", "b")).readOnly("Change them there.");
		for (ThrowingCallable change : List.<ThrowingCallable>of(() -> shown.put("A", "c"), () -> shown.put("B", "c"),
				() -> shown.add("A", "c"), () -> shown.remove("a"), () -> shown.clear(),
				() -> shown.keySet().remove("a"), () -> shown.entrySet().iterator().next().setValue("c"),
				() -> shown.values().removeIf((value) -> true), () -> shown.putAll(Map.of("B", "c")))) {
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(change)
				.withMessage("Change them there.");
		}
		assertThat(shown).isEqualTo(Map.of("A", "b"));
		CaseInsensitiveHeaders copy = shown.copy();
		copy.put("A", "c");
		assertThat(copy).containsEntry("A", "c");
	}

}
