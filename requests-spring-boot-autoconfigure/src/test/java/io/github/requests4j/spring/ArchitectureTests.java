package io.github.requests4j.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the order of the packages and what auto-configurations show.
 */
class ArchitectureTests {

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption((location) -> !location.contains("/test-classes/"))
		.importPackages("io.github.requests4j.spring");

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
	void theHttpLibraryBeneathTheCoreIsNotUsed() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.hc..").check(MAIN);
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

	/**
	 * What the compiler adds to a public class that declares no constructor.
	 */
	private static boolean isDefaultConstructor(JavaMember member) {
		return member instanceof JavaConstructor constructor && constructor.getRawParameterTypes().isEmpty();
	}

}
