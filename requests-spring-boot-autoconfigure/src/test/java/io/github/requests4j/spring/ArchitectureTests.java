package io.github.requests4j.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Enforces the order of the packages and the public face of the starter.
 */
class ArchitectureTests {

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption((location) -> !location.contains("/test-classes/"))
		.importPackages("io.github.requests4j.spring");

	/** Types of the core that are public only because packages were split. */
	private static final Set<String> CORE_INTERNALS = Stream
		.of("decode.ContentDecoders", "session.Replaceable", "text.Digits", "text.HeaderRules", "url.IpAddress",
				"url.ParsedUrl", "url.SecretMasker", "url.Secrets", "url.UriTemplate", "url.UrlSyntaxException",
				"url.UrlText")
		.map((name) -> "io.github.requests4j.internal." + name)
		.collect(Collectors.toSet());

	@Test
	void packagesAreFreeOfCycles() {
		slices().matching("(**)").should().beFreeOfCycles().check(MAIN);
	}

	@Test
	void autoConfigurationsArePublicAndFinal() {
		List<String> wrong = MAIN.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.filter((type) -> !type.getModifiers().containsAll(Set.of(JavaModifier.PUBLIC, JavaModifier.FINAL)))
			.map(JavaClass::getName)
			.toList();
		assertThat(wrong).isEmpty();
	}

	@Test
	void autoConfigurationsHaveNoPublicMembers() {
		List<String> wrong = new ArrayList<>();
		MAIN.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.flatMap((type) -> type.getMembers().stream())
			.filter((member) -> member.getModifiers().contains(JavaModifier.PUBLIC) && !isDefaultConstructor(member))
			.forEach((member) -> wrong.add(member.getFullName()));
		assertThat(wrong).isEmpty();
	}

	@Test
	void noOtherHttpClientIsUsed() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.hc..").check(MAIN);
	}

	@Test
	void publicTypesOutsideInternalAreListed() {
		assertThat(MAIN).filteredOn((type) -> type.isTopLevelClass() && isVisible(type) && !isInternal(type))
			.extracting(JavaClass::getSimpleName)
			.containsExactlyInAnyOrder("RequestsClient", "EnableRequestsClients", "ResponseErrorMapper",
					"SessionExchangeAdapter", "ErrorResponseEntity", "CloseableIterator", "Reconnect", "EventTypes",
					"Paged", "InheritedDeadline", "RequestsDeadlineAutoConfiguration", "SessionCustomizer",
					"RegistrationAuths", "ServiceBalancer", "BreakerStates", "RequestsObservationConvention",
					"DefaultRequestsObservationConvention", "RequestsObservationContext",
					"OpenTelemetryRequestsObservationConvention", "RequestsObservationDocumentation",
					"RequestsAutoConfiguration", "DefaultSessionAutoConfiguration", "RequestsClientsAutoConfiguration",
					"RequestsLoadBalancerAutoConfiguration", "RequestsManagementAutoConfiguration",
					"RequestsOAuth2AutoConfiguration", "RequestsTokenRelayAutoConfiguration", "MissingTokenException",
					"RequestsObservationAutoConfiguration", "RequestsResilienceAutoConfiguration",
					"SessionRequestFactory", "RequestsRestClientAutoConfiguration", "RequestsRedisAutoConfiguration",
					"RequestsRateAutoConfiguration", "RequestsConcurrencyAutoConfiguration",
					"RequestsCookiesAutoConfiguration", "RequestsRefreshAutoConfiguration");
	}

	@Test
	void noPublicSignatureOutsideInternalMentionsAnInternalType() {
		Set<String> wrong = new TreeSet<>();
		for (JavaClass type : MAIN) {
			if (isVisible(type) && !isInternal(type)) {
				type.getSuperclass().ifPresent((parent) -> check(type.getName(), parent, wrong));
				type.getInterfaces().forEach((parent) -> check(type.getName(), parent, wrong));
				type.getFields().stream().filter((field) -> isVisible(field.getModifiers())).forEach((field) -> {
					check(field.getFullName(), field.getType(), wrong);
				});
				type.getCodeUnits().stream().filter((method) -> isVisible(method.getModifiers())).forEach((method) -> {
					check(method.getFullName(), method.getReturnType(), wrong);
					method.getParameterTypes().forEach((parameter) -> check(method.getFullName(), parameter, wrong));
					method.getExceptionTypes().forEach((thrown) -> check(method.getFullName(), thrown, wrong));
				});
			}
		}
		assertThat(wrong).isEmpty();
	}

	private static void check(String where, JavaType mentioned, Set<String> wrong) {
		mentioned.getAllInvolvedRawTypes()
			.stream()
			.filter(ArchitectureTests::isInternal)
			.forEach((internal) -> wrong.add(where + " mentions " + internal.getName()));
	}

	@Test
	void onlyTheListedInternalsOfTheCoreAreUsed() {
		Set<String> used = new TreeSet<>();
		for (JavaClass type : MAIN) {
			type.getDirectDependenciesFromSelf()
				.stream()
				.map((dependency) -> dependency.getTargetClass().getBaseComponentType())
				.filter((target) -> target.getPackageName().startsWith("io.github.requests4j.internal"))
				.forEach((target) -> used.add(target.getName()));
		}
		assertThat(used).isEqualTo(CORE_INTERNALS);
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

	private static boolean isInternal(JavaClass type) {
		return type.getPackageName().startsWith("io.github.requests4j.internal")
				|| type.getPackageName().startsWith("io.github.requests4j.spring.internal");
	}

	private static boolean isVisible(JavaClass type) {
		return isVisible(type.getModifiers())
				&& type.getEnclosingClass().map(ArchitectureTests::isVisible).orElse(true);
	}

	private static boolean isVisible(Set<JavaModifier> modifiers) {
		return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
	}

	/**
	 * What the compiler adds to a public class that declares no constructor.
	 */
	private static boolean isDefaultConstructor(JavaMember member) {
		return member instanceof JavaConstructor constructor && constructor.getRawParameterTypes().isEmpty();
	}

}
