package io.github.conflictguard.servlet.enforcement;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.conflictguard.servlet.answer.Answers;
import io.github.conflictguard.servlet.answer.ConflictPageModel;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a request is does not change, and what comes of it is written in one place. */
class EnforcementStructureTest {

  private final JavaClasses filter =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.conflictguard.servlet");

  @Test
  void exchangesAndResultsAreImmutable() {
    fields()
        .that()
        .areDeclaredIn(Exchange.class)
        .or()
        .areDeclaredInClassesThat()
        .areAssignableTo(EnforcementResult.class)
        .should()
        .beFinal()
        .check(filter);
  }

  @Test
  void oneMethodWritesTheResponsesOfTheFilter() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(FilterResponses.class.getName())
        .and()
        .doNotHaveFullyQualifiedName(ProblemResponses.class.getName())
        .and()
        .resideOutsideOfPackage("..answer..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Answers.class, ConflictPageModel.class)
        .check(filter);
    classes()
        .that()
        .belongToAnyOf(ProblemResponses.class)
        .should()
        .onlyBeAccessed()
        .byClassesThat()
        .belongToAnyOf(FilterResponses.class, ProblemResponses.class)
        .check(filter);
    classes()
        .that()
        .haveFullyQualifiedName(FilterResponses.class.getName())
        .should(beEnteredBy("answer", "observe"))
        .check(filter);
  }

  /** The methods of a class that others call. */
  private static ArchCondition<JavaClass> beEnteredBy(String... names) {
    Set<String> expected = new TreeSet<>(Set.of(names));
    return new ArchCondition<>("be entered by " + expected) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Set<String> entered = new TreeSet<>();
        type.getMethodCallsToSelf().stream()
            .filter(call -> !call.getOriginOwner().equals(type))
            .forEach(call -> entered.add(call.getTarget().getName()));
        events.add(new SimpleConditionEvent(type, entered.equals(expected), type + ": " + entered));
      }
    };
  }
}
