package io.github.requests4j;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Enforces the order of the packages,
 * {@code url <- cookies <- http <- (auth, cache, wire <- tls, egress) <- adapters <- root},
 * and that the wire needs no other HTTP client.
 */
@Tag("once")
class ArchitectureTests {

	private static final String ROOT = "io.github.requests4j";

	private static final List<String> GROUND = List.of("url", "body", "internal.body", "internal.decode",
			"internal.text", "internal.url");

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption((location) -> !location.contains("/test-classes/"))
		.importPackages(ROOT);

	@Test
	void packagesAreFreeOfCycles() {
		slices().matching("(**)").should().beFreeOfCycles().check(MAIN);
	}

	@Test
	void noSubPackageImportsTheRoot() {
		noClasses().that()
			.resideOutsideOfPackage(ROOT)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT)
			.check(MAIN);
	}

	@Test
	void urlDependsOnNothingElse() {
		assertDependsOnlyOn("url", List.of());
	}

	@Test
	void cookiesDependOnlyOnUrlAndText() {
		assertDependsOnlyOn("cookies", GROUND);
	}

	@Test
	void httpDependsOnlyOnCookiesAndBelow() {
		assertDependsOnlyOn("http", GROUND, "cookies");
	}

	@Test
	void authDependsOnlyOnHttpAndCookies() {
		assertDependsOnlyOn("auth", GROUND, "http", "cookies");
	}

	@Test
	void cacheDependsOnlyOnHttp() {
		assertDependsOnlyOn("cache", GROUND, "http");
	}

	@Test
	void egressDependsOnlyOnHttp() {
		assertDependsOnlyOn("internal.egress", GROUND, "http");
	}

	@Test
	void wireDependsOnlyOnHttp() {
		assertDependsOnlyOn("internal.wire", GROUND, "http");
	}

	@Test
	void tlsDependsOnlyOnTheWire() {
		assertDependsOnlyOn("internal.tls", GROUND, "http", "internal.wire");
	}

	@Test
	void adaptersDependOnlyOnTheWireAndBelow() {
		assertDependsOnlyOn("adapters", GROUND, "http", "cookies", "internal.wire", "internal.tls", "internal.egress");
	}

	@Test
	void hedgingKnowsTheAdapters() {
		assertDependsOnlyOn("hedging", GROUND, "http", "adapters", "internal.wire");
	}

	@Test
	void noOtherHttpClientIsUsed() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.apache.hc..", "java.net.http..", "okhttp3..")
			.check(MAIN);
	}

	@Test
	@DisplayName("threat 44: no class parses XML or reads serialized objects")
	void neitherJavaDeserialisationNorXmlIsUsed() {
		noClasses().should()
			.dependOnClassesThat(resideInAnyPackage("javax.xml..", "org.xml..", "org.w3c..").or(DescribedPredicate
				.describe("ObjectInputStream", (type) -> type.isAssignableTo(java.io.ObjectInputStream.class))))
			.check(MAIN);
	}

	@Test
	void publicExceptionsAreUncheckedAndNamedException() {
		List<String> wrong = MAIN.stream()
			.filter((type) -> type.isAssignableTo(Throwable.class) && isVisible(type)
					&& !type.getPackageName().startsWith(ROOT + ".internal."))
			.filter((type) -> !type.isAssignableTo(RuntimeException.class)
					|| !type.getSimpleName().endsWith("Exception"))
			.map(JavaClass::getName)
			.toList();
		assertThat(wrong).isEmpty();
	}

	@Test
	void publicSignaturesMentionNoInternalType() {
		Set<String> leaks = new TreeSet<>();
		for (JavaClass type : MAIN) {
			if (isVisible(type) && !isInternal(type)) {
				mentionedBy(type).filter(ArchitectureTests::isInternal)
					.forEach((mentioned) -> leaks.add(type.getName() + " mentions " + mentioned.getName()));
			}
		}
		assertThat(leaks).isEmpty();
	}

	/** The types in what a caller or a subclass of this type sees. */
	private static Stream<JavaClass> mentionedBy(JavaClass type) {
		Stream<JavaClass> members = type.getMembers()
			.stream()
			.filter((member) -> isVisible(member.getModifiers()))
			.flatMap((member) -> Stream.concat(member.getAllInvolvedRawTypes().stream(), thrownBy(member)));
		Stream<JavaClass> parents = Stream.concat(type.getInterfaces().stream(), type.getSuperclass().stream())
			.flatMap((parent) -> parent.getAllInvolvedRawTypes().stream());
		Stream<JavaClass> bounds = type.getTypeParameters()
			.stream()
			.flatMap((parameter) -> parameter.getAllInvolvedRawTypes().stream());
		return Stream.of(members, parents, bounds).flatMap((types) -> types);
	}

	private static Stream<JavaClass> thrownBy(JavaMember member) {
		return (member instanceof JavaCodeUnit unit) ? unit.getExceptionTypes().stream() : Stream.empty();
	}

	private static boolean isInternal(JavaClass type) {
		return type.getPackageName().startsWith(ROOT + ".internal");
	}

	@Test
	void everyPackageIsNullMarked() {
		Set<String> unmarked = new TreeSet<>();
		MAIN.stream()
			.map(JavaClass::getPackage)
			.filter((javaPackage) -> !javaPackage.isAnnotatedWith(NullMarked.class))
			.map(JavaPackage::getName)
			.forEach(unmarked::add);
		assertThat(MAIN).isNotEmpty();
		assertThat(unmarked).isEmpty();
	}

	private static void assertDependsOnlyOn(String name, List<String> ground, String... allowed) {
		String[] known = Stream.of(Stream.of(name), ground.stream(), Stream.of(allowed))
			.flatMap((names) -> names)
			.map((other) -> ROOT + "." + other + "..")
			.toArray(String[]::new);
		DescribedPredicate<JavaClass> beyond = resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(known)));
		noClasses().that().resideInAPackage(ROOT + "." + name + "..").should().dependOnClassesThat(beyond).check(MAIN);
	}

	private static boolean isVisible(JavaClass type) {
		return isVisible(type.getModifiers())
				&& type.getEnclosingClass().map(ArchitectureTests::isVisible).orElse(true);
	}

	private static boolean isVisible(Set<JavaModifier> modifiers) {
		return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
	}

}
