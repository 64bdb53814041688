package io.github.conflictguard.servlet;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, and who may be seen from outside. */
class ArchitectureTest {

  private static final String ROOT = "io.github.conflictguard.servlet";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void theArrowsGoOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("servlet")
        .definedBy(ROOT)
        .layer("rule")
        .definedBy(ROOT + ".rule")
        .layer("tag")
        .definedBy(ROOT + ".tag")
        .layer("answer")
        .definedBy(ROOT + ".answer")
        .layer("replay")
        .definedBy(ROOT + ".replay")
        .layer("page")
        .definedBy(ROOT + ".page")
        .layer("merge")
        .definedBy(ROOT + ".merge")
        .layer("form")
        .definedBy(ROOT + ".form")
        .layer("exchange")
        .definedBy(ROOT + ".exchange")
        .layer("disclosure")
        .definedBy(ROOT + ".disclosure")
        .layer("doctor")
        .definedBy(ROOT + ".doctor")
        .layer("weaving")
        .definedBy(ROOT + ".weaving")
        .whereLayer("servlet")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("rule")
        .mayOnlyBeAccessedByLayers("servlet", "tag", "disclosure", "doctor", "form")
        .whereLayer("tag")
        .mayOnlyBeAccessedByLayers("servlet")
        .whereLayer("disclosure")
        .mayOnlyBeAccessedByLayers("servlet")
        .whereLayer("doctor")
        .mayOnlyBeAccessedByLayers("servlet")
        .whereLayer("weaving")
        .mayOnlyBeAccessedByLayers("servlet")
        .whereLayer("answer")
        .mayOnlyBeAccessedByLayers("servlet", "merge")
        .whereLayer("replay")
        .mayOnlyBeAccessedByLayers("servlet")
        .whereLayer("page")
        .mayOnlyBeAccessedByLayers("answer", "merge")
        .whereLayer("merge")
        .mayOnlyBeAccessedByLayers("servlet")
        .whereLayer("form")
        .mayOnlyBeAccessedByLayers("servlet", "merge")
        .whereLayer("exchange")
        .mayOnlyBeAccessedByLayers("servlet", "tag", "answer", "rule", "replay", "form", "merge")
        .check(classes);
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyWhatTheContainerLoadsAndWhatJmxSeesAreMeantForApplications() {
    assertEquals(
        List.of(
            ROOT + ".ConflictCounts",
            ROOT + ".ConflictFilter",
            ROOT + ".ConflictFilterMXBean",
            ROOT + ".ConflictGuardInitializer",
            ROOT + ".RuleCounts"),
        publicTypesIn(ROOT));
  }

  @Test
  void whatIsPublicInsideIsThereForTheNeighbours() {
    assertEquals(
        List.of(
            ROOT + ".answer.Answers",
            ROOT + ".answer.BackLink",
            ROOT + ".answer.BodyTemplate",
            ROOT + ".answer.Problems"),
        publicTypesIn(ROOT + ".answer"));
    assertEquals(
        List.of(
            ROOT + ".disclosure.Protection",
            ROOT + ".disclosure.ReadRights",
            ROOT + ".disclosure.Resource"),
        publicTypesIn(ROOT + ".disclosure"));
    assertEquals(
        List.of(ROOT + ".doctor.Doctor", ROOT + ".doctor.SetupFinding"),
        publicTypesIn(ROOT + ".doctor"));
    assertEquals(
        List.of(
            ROOT + ".exchange.AfterAsync",
            ROOT + ".exchange.BodyElsewhere",
            ROOT + ".exchange.BodyRewriter",
            ROOT + ".exchange.BodyRewriter$Choice",
            ROOT + ".exchange.BodyWait",
            ROOT + ".exchange.BufferedResponse",
            ROOT + ".exchange.CapturedResponse",
            ROOT + ".exchange.Chunks",
            ROOT + ".exchange.ClientIdentity",
            ROOT + ".exchange.ContentChecksum",
            ROOT + ".exchange.DecodedBody",
            ROOT + ".exchange.FairMemory",
            ROOT + ".exchange.FollowedRequest",
            ROOT + ".exchange.FormLimits",
            ROOT + ".exchange.HeaderSnapshot",
            ROOT + ".exchange.HeadersBefore",
            ROOT + ".exchange.HoldTimer",
            ROOT + ".exchange.InnerAsync",
            ROOT + ".exchange.InnerRequest",
            ROOT + ".exchange.JudgedRequest",
            ROOT + ".exchange.KnownBody",
            ROOT + ".exchange.LaterEncoding",
            ROOT + ".exchange.LocalAddress",
            ROOT + ".exchange.MultipartFields",
            ROOT + ".exchange.MultipartForm",
            ROOT + ".exchange.ObservedClient",
            ROOT + ".exchange.ObservedResponse",
            ROOT + ".exchange.ObservedResponse$RedirectListener",
            ROOT + ".exchange.OverruledDates",
            ROOT + ".exchange.PacedRequest",
            ROOT + ".exchange.PageUnits",
            ROOT + ".exchange.PassEvents",
            ROOT + ".exchange.QueryParameters",
            ROOT + ".exchange.RequestSnapshot",
            ROOT + ".exchange.RereadRequest",
            ROOT + ".exchange.RereadRequest$Unseen",
            ROOT + ".exchange.RewrittenResponse",
            ROOT + ".exchange.SelectingHeaders",
            ROOT + ".exchange.SentAddress",
            ROOT + ".exchange.StrippedRequest",
            ROOT + ".exchange.UnconditionalRequest",
            ROOT + ".exchange.WatchedRead",
            ROOT + ".exchange.WatchedRequest",
            ROOT + ".exchange.WholeAnswer",
            ROOT + ".exchange.WholeBody",
            ROOT + ".exchange.WholeRequest"),
        publicTypesIn(ROOT + ".exchange"));
    assertEquals(
        List.of(
            ROOT + ".weaving.ApplicationWeaver",
            ROOT + ".weaving.WeavingReport",
            ROOT + ".weaving.WeavingWay"),
        publicTypesIn(ROOT + ".weaving"));
    assertEquals(
        List.of(
            ROOT + ".page.Decorator",
            ROOT + ".page.Markup",
            ROOT + ".page.Page",
            ROOT + ".page.ProblemText",
            ROOT + ".page.Texts"),
        publicTypesIn(ROOT + ".page"));
    assertEquals(
        List.of(
            ROOT + ".merge.Change",
            ROOT + ".merge.Circumstances",
            ROOT + ".merge.HiddenField",
            ROOT + ".merge.LateForm",
            ROOT + ".merge.MergedField",
            ROOT + ".merge.MergedForm",
            ROOT + ".merge.PressedButton",
            ROOT + ".merge.SaveAgain",
            ROOT + ".merge.SaveAgain$Builder",
            ROOT + ".merge.StaleCause"),
        publicTypesIn(ROOT + ".merge"));
    assertEquals(
        List.of(
            ROOT + ".form.CarriedToken",
            ROOT + ".form.FieldKind",
            ROOT + ".form.FieldOption",
            ROOT + ".form.FormConflict",
            ROOT + ".form.FormConflict$Remains",
            ROOT + ".form.FormField",
            ROOT + ".form.FormSnapshot",
            ROOT + ".form.Forms",
            ROOT + ".form.HtmlForms",
            ROOT + ".form.ObservedForms",
            ROOT + ".form.ObservedSubmission",
            ROOT + ".form.PageOrigin",
            ROOT + ".form.TokenTag"),
        publicTypesIn(ROOT + ".form"));
    assertEquals(
        List.of(
            ROOT + ".replay.AppliedWrites",
            ROOT + ".replay.RecordedAnswer",
            ROOT + ".replay.Submission",
            ROOT + ".replay.SubmittedForms",
            ROOT + ".replay.WatchedSubmit",
            ROOT + ".replay.WatchedWrite"),
        publicTypesIn(ROOT + ".replay"));
    assertEquals(
        List.of(
            ROOT + ".rule.AnswerRules",
            ROOT + ".rule.ConflictRules",
            ROOT + ".rule.DataSourceSpec",
            ROOT + ".rule.DispatchPath",
            ROOT + ".rule.FormSpec",
            ROOT + ".rule.FormSpec$Resubmit",
            ROOT + ".rule.FormSpec$TokenPlace",
            ROOT + ".rule.InvalidRuleException",
            ROOT + ".rule.Mode",
            ROOT + ".rule.PathPattern",
            ROOT + ".rule.RedirectTarget",
            ROOT + ".rule.Reference",
            ROOT + ".rule.RequestFacts",
            ROOT + ".rule.RequestPath",
            ROOT + ".rule.Rule",
            ROOT + ".rule.RuleFile",
            ROOT + ".rule.Rules",
            ROOT + ".rule.StoredAnswers",
            ROOT + ".rule.TagSpec",
            ROOT + ".rule.TagSpec$Source",
            ROOT + ".rule.Target",
            ROOT + ".rule.Template"),
        publicTypesIn(ROOT + ".rule"));
    assertEquals(
        List.of(
            ROOT + ".tag.AskedPage",
            ROOT + ".tag.BodyTagSource",
            ROOT + ".tag.CurrentState",
            ROOT + ".tag.GivenTags",
            ROOT + ".tag.ModificationDates",
            ROOT + ".tag.OwnTag",
            ROOT + ".tag.RecalledBody",
            ROOT + ".tag.RememberedBodies",
            ROOT + ".tag.StateSource",
            ROOT + ".tag.StateSources",
            ROOT + ".tag.Taggable",
            ROOT + ".tag.Validators",
            ROOT + ".tag.VariantTag"),
        publicTypesIn(ROOT + ".tag"));
  }

  private List<String> publicTypesIn(String packageName) {
    return classes.stream()
        .filter(type -> type.getPackageName().equals(packageName))
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .map(JavaClass::getName)
        .filter(name -> !name.endsWith("package-info"))
        .sorted()
        .toList();
  }
}
