package io.github.conflictguard.classfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.guard.Retry;
import io.github.conflictguard.problem.StatusProfile;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

class GuardTargetsTest {

  /** Where the lock of the policy comes from tells whose word counted. */
  @ParameterizedTest
  @CsvSource({
    "onMethod, method",
    "onMethodAndPattern, method",
    "onPatternAndType, pattern",
    "overridden, interface method",
    "fromFarAbove, far above",
    "onType, type",
  })
  void theNearestWordCounts(String method, String lock) throws IOException {
    TargetPattern pattern = TargetPattern.parse("**$Everything#*Pattern* lock=pattern");
    assertEquals(lock, lockOf(Everything.class, method, pattern));
  }

  @Test
  void theAnnotationOnAnInterfaceMeansThoseWhoImplementWhatItDeclares() throws IOException {
    assertEquals(List.of("declared"), namesIn(Implementer.class));
  }

  @Test
  void whatAnAnnotatedClassDeclaresIsGuardedWhereItIsOverriddenAndNothingElse() throws IOException {
    assertEquals(List.of("open"), namesIn(Heir.class));
  }

  @Test
  void anAnnotatedClassMeansItsPublicInstanceMethods() throws IOException {
    assertEquals(List.of("open"), namesIn(Parent.class));
  }

  @Test
  void privateAndStaticMethodsOfTheSameNameOverrideNothing() throws IOException {
    assertEquals(List.of(), namesIn(Lookalike.class));
  }

  @Test
  void withoutTheTypesAboveOnlyWhatStandsInTheClassCounts() throws IOException {
    GuardTargets targets = GuardTargets.ofAnnotation();
    assertEquals(List.of(), targets.in(outline(Implementer.class), Supertypes.NONE));
  }

  @Test
  void everyAttributeOfTheAnnotationFindsItsWayIntoThePolicy() throws IOException {
    GuardPolicy expected =
        GuardPolicy.builder()
            .handler(Attributes.class.getName() + "#save(GuardTargetsTest$Attributes,int[],String)")
            .retry(4, 10, 20, 0.25, 30)
            .lock("a/{2}/{0.id}", List.of(), 3)
            .lockTimeoutMillis(40)
            .only(ConflictKind.LOCKED, ConflictKind.TRANSIENT)
            .except(ConflictKind.LOCKED)
            .statusProfile(StatusProfile.UNIFORM)
            .build();
    assertEquals(expected.toString(), String.valueOf(policyOf(Attributes.class, "save")));
  }

  @Test
  void aPatternSaysTheSame() throws IOException {
    TargetPattern pattern =
        TargetPattern.parse(
            Attributes.class.getName()
                + "#plain attempts=4 backoffMillis=10 maxBackoffMillis=20 jitter=0.25"
                + " budgetMillis=30 lock=a/{name}/{owner.id} lockTimeoutMillis=40"
                + " only=locked,transient except=locked statusProfile=uniform");
    GuardPolicy ofPattern = policyOf(Attributes.class, "plain", pattern);
    assertEquals(
        String.valueOf(policyOf(Attributes.class, "save")).replace("#save", "#plain"),
        String.valueOf(ofPattern));
  }

  @Test
  void retryIsLeftOutWithAReasonWhereTheBodyCannotRunAgain() throws IOException {
    for (GuardTarget target : targetsIn(NeverRetried.class)) {
      assertTrue(
          target.warnings().get(0).startsWith("is guarded, but never retried: "),
          target.toString());
      assertEquals(1, policy(target).attempts(), target.toString());
    }
    assertEquals(3, targetsIn(NeverRetried.class).size());
    GuardTarget ofTransactionalType = targetsIn(InTransactions.class).get(0);
    assertEquals(1, policy(ofTransactionalType).attempts());
    assertTrue(
        ofTransactionalType.warnings().get(0).contains("(@Transactional)"),
        ofTransactionalType.warnings().toString());
  }

  @Test
  void aPatternNamesARecoverMethodAndFalseIsNone() throws IOException {
    String target = Recovering.class.getName() + "#save ";
    assertEquals(
        "fallback",
        policyOf(Recovering.class, "save", TargetPattern.parse(target + "recover=fallback"))
            .recover());
    assertNull(
        policyOf(Recovering.class, "save", TargetPattern.parse(target + "recover=false"))
            .recover());
    assertThrows(
        IllegalArgumentException.class, () -> TargetPattern.parse(target + "recover=true"));
  }

  @Test
  void anOverridingMethodIsGuardedWithoutARecoverMethodThatItCannotCall() throws IOException {
    GuardTarget target = targetsIn(BelowRecovering.class).get(0);
    assertNull(policy(target).recover());
    assertTrue(
        target.warnings().get(0).contains("without a recover method"), "" + target.warnings());
  }

  @Test
  void recoverMethodOfATypeIsNotGuardedItself() throws IOException {
    List<GuardTarget> targets = targetsIn(RecoveringType.class);
    assertEquals(1, targets.size(), targets.toString());
    assertEquals("save", targets.get(0).method().name());
  }

  @Test
  void composedAnnotationWithAttributesLeavesTheRetryToRunTime() throws IOException {
    GuardTarget target = targetsIn(ComposedWithAttribute.class).get(0);
    assertEquals(3, policy(target).attempts(), target.warnings().toString());
  }

  @Test
  void aMethodThatRunsInNoTransactionIsRetriedWhateverItsTypeDeclares() throws IOException {
    for (Class<?> type : List.of(Suspending.class, OfBean.class, ManagedByBean.class)) {
      for (GuardTarget target : targetsIn(type)) {
        assertEquals(List.of(), target.warnings(), target.toString());
        assertEquals(3, policy(target).attempts(), target.toString());
      }
    }
  }

  @Test
  void aMethodThatMayRunInATransactionIsRetriedWithAWarning() throws IOException {
    GuardTarget target = targetsIn(Supporting.class).get(0);
    assertEquals(3, policy(target).attempts());
    assertEquals(1, target.warnings().size(), target.warnings().toString());
    assertTrue(
        target.warnings().get(0).startsWith("is guarded inside a transaction (@Transactional)"),
        target.warnings().toString());
  }

  @ParameterizedTest
  @ValueSource(classes = {Composed.class, Below.class, BelowComposed.class})
  void aTransactionOfAComposedAnnotationOrOfAClassAboveIsSeen(Class<?> type) throws IOException {
    GuardTarget target = targetsIn(type).get(0);
    assertEquals(1, policy(target).attempts());
    assertTrue(target.warnings().get(0).contains("(@Transactional)"), "" + target.warnings());
  }

  @Test
  void theTransactionOfABeanIsNotInherited() throws IOException {
    assertEquals(3, policy(targetsIn(BelowBean.class).get(0)).attempts());
  }

  @Test
  void aMessageDrivenBeanRunsInATransaction() throws IOException {
    GuardTarget target = targetsIn(Messages.class).get(0);
    assertEquals(1, policy(target).attempts());
    assertTrue(target.warnings().get(0).contains("(@MessageDriven)"), "" + target.warnings());
  }

  @Test
  void aSynchronizedMethodInATransactionIsWarnedOfBoth() throws IOException {
    List<String> warnings = targetsIn(SynchronizedInTransaction.class).get(0).warnings();
    assertEquals(2, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("synchronized"), warnings.toString());
    assertTrue(warnings.get(1).contains("(@Transactional)"), warnings.toString());
  }

  @Test
  void anUntranslatedMethodInATransactionIsNotToldToSetTranslate() throws IOException {
    List<String> warnings = targetsIn(Untranslated.class).get(0).warnings();
    assertEquals(1, warnings.size(), warnings.toString());
    assertFalse(warnings.get(0).contains("translate"), warnings.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "native method",
        "suspending function",
        "there is no parameter 'nobody'",
        "1 to 100"
      })
  void whatCannotBeGuardedSaysWhy(String reason) throws IOException {
    List<String> refusals =
        targetsIn(Refused.class).stream().map(target -> String.valueOf(target.refusal())).toList();
    assertTrue(
        refusals.stream().anyMatch(refusal -> refusal.contains(reason)), refusals.toString());
    assertFalse(refusals.contains("null"), refusals.toString());
  }

  @Test
  void aConstructorThatAPatternWouldFitIsNoTarget() throws IOException {
    TargetPattern all = TargetPattern.parse("**#*");
    assertEquals(
        List.of(
            "overridden",
            "fromFarAbove",
            "onMethod",
            "onMethodAndPattern",
            "onPatternAndType",
            "onType"),
        GuardTargets.of(all).in(outline(Everything.class), Supertypes.NONE).stream()
            .map(target -> target.method().name())
            .toList());
  }

  private static String lockOf(Class<?> type, String method, TargetPattern... patterns)
      throws IOException {
    return String.valueOf(policyOf(type, method, patterns).lock());
  }

  private static GuardPolicy policyOf(Class<?> type, String method, TargetPattern... patterns)
      throws IOException {
    for (GuardTarget target : GuardTargets.of(patterns).in(outline(type), above())) {
      if (target.method().name().equals(method)) {
        return policy(target);
      }
    }
    throw new AssertionError(method + " is no target");
  }

  private static GuardPolicy policy(GuardTarget target) {
    GuardPolicy policy = target.policy();
    if (policy == null) {
      throw new AssertionError(target + ": " + target.refusal());
    }
    return policy;
  }

  private static List<String> namesIn(Class<?> type) throws IOException {
    return targetsIn(type).stream().map(target -> target.method().name()).toList();
  }

  private static List<GuardTarget> targetsIn(Class<?> type) throws IOException {
    return GuardTargets.ofAnnotation().in(outline(type), above());
  }

  private static Supertypes above() {
    return GuardedAbove.in(GuardTargetsTest.class.getClassLoader());
  }

  private static ClassOutline outline(Class<?> type) throws IOException {
    return ClassOutline.read(ClassFileLocator.ForClassLoader.read(type));
  }

  interface FarAbove {
    @ConflictGuarded(lock = "far above")
    void fromFarAbove();
  }

  interface Above extends FarAbove {
    @ConflictGuarded(lock = "interface method")
    void overridden();
  }

  abstract static class Between implements Above {}

  @ConflictGuarded(lock = "type")
  static class Everything extends Between {

    @Override
    public void overridden() {}

    @Override
    public void fromFarAbove() {}

    @ConflictGuarded(lock = "method")
    public void onMethod() {}

    @ConflictGuarded(lock = "method")
    public void onMethodAndPattern() {}

    public void onPatternAndType() {}

    public void onType() {}
  }

  @ConflictGuarded
  interface Annotated {
    void declared();
  }

  static class Implementer implements Annotated {
    @Override
    public void declared() {}

    public void ofItsOwn() {}
  }

  @ConflictGuarded
  static class Parent {
    public void open() {}

    protected void inner() {}

    public static void help() {}
  }

  static class Heir extends Parent {
    @Override
    public void open() {}

    @Override
    protected void inner() {}

    public void more() {}
  }

  static class Hidden {
    @ConflictGuarded
    private void work() {}

    @ConflictGuarded
    static void help() {}
  }

  static class Lookalike extends Hidden {
    void work() {}

    static void help() {}
  }

  record Owner(int id) {}

  static class Attributes {

    @ConflictGuarded(
        retry =
            @Retry(
                attempts = 4,
                backoffMillis = 10,
                maxBackoffMillis = 20,
                jitter = 0.25,
                budgetMillis = 30),
        lock = "a/{name}/{owner.id}",
        lockTimeoutMillis = 40,
        only = {ConflictKind.LOCKED, ConflictKind.TRANSIENT},
        except = ConflictKind.LOCKED,
        statusProfile = StatusProfile.UNIFORM)
    void save(Attributes owner, int[] counts, String name) {}

    void plain(Attributes owner, int[] counts, String name) {}
  }

  static class NeverRetried {

    @ConflictGuarded(retry = @Retry)
    synchronized void locked() {}

    @ConflictGuarded(retry = @Retry)
    CompletableFuture<String> later() {
      return CompletableFuture.completedFuture("");
    }

    @Transactional
    @ConflictGuarded(retry = @Retry)
    void inTransaction() {}
  }

  @Transactional
  static class InTransactions {

    @ConflictGuarded(retry = @Retry)
    void change() {}
  }

  static class RecoveringAbove {

    @ConflictGuarded(recover = "fallback")
    public int save(int key) {
      return key;
    }

    private int fallback(int key) {
      return -key;
    }
  }

  static class BelowRecovering extends RecoveringAbove {

    @Override
    public int save(int key) {
      return key + 1;
    }
  }

  @ConflictGuarded(recover = "fallback")
  static class RecoveringType {

    public int save(int key) {
      return key;
    }

    public int fallback(int key) {
      return -key;
    }
  }

  @Transactional
  @Retention(RetentionPolicy.RUNTIME)
  @interface WithAttribute {
    Propagation propagation() default Propagation.REQUIRED;
  }

  @WithAttribute(propagation = Propagation.NOT_SUPPORTED)
  static class ComposedWithAttribute {

    @ConflictGuarded(retry = @Retry)
    public void save() {}
  }

  static class Recovering {

    int save(Integer key) {
      return 0;
    }

    int fallback(Number key, RuntimeException failure) {
      return 1;
    }
  }

  @Transactional
  static class Suspending {

    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    @ConflictGuarded(retry = @Retry)
    void suspended() {}

    @Transactional(propagation = Propagation.NEVER)
    @ConflictGuarded(retry = @Retry)
    void never() {}

    @jakarta.transaction.Transactional(jakarta.transaction.Transactional.TxType.NOT_SUPPORTED)
    @ConflictGuarded(retry = @Retry)
    void ofJta() {}
  }

  @Stateless
  static class OfBean {

    @TransactionAttribute(TransactionAttributeType.NEVER)
    @ConflictGuarded(retry = @Retry)
    void never() {}
  }

  @Stateless
  @TransactionManagement(TransactionManagementType.BEAN)
  static class ManagedByBean {

    @ConflictGuarded(retry = @Retry)
    void change() {}
  }

  static class Supporting {

    @Transactional(propagation = Propagation.SUPPORTS)
    @ConflictGuarded(retry = @Retry)
    void change() {}
  }

  @Transactional
  @Retention(RetentionPolicy.RUNTIME)
  @interface InTransaction {}

  static class Composed {

    @InTransaction
    @ConflictGuarded(retry = @Retry)
    void change() {}
  }

  static class Below extends InTransactions {

    @ConflictGuarded(retry = @Retry)
    void changeBelow() {}
  }

  @InTransaction
  static class OfComposed {}

  static class BelowComposed extends OfComposed {

    @ConflictGuarded(retry = @Retry)
    void change() {}
  }

  static class BelowBean extends OfBean {

    @ConflictGuarded(retry = @Retry)
    void change() {}
  }

  @MessageDriven
  static class Messages {

    @ConflictGuarded(retry = @Retry)
    void onMessage() {}
  }

  static class SynchronizedInTransaction {

    @Transactional
    @ConflictGuarded(retry = @Retry)
    synchronized void change() {}
  }

  static class Untranslated {

    @Transactional
    @ConflictGuarded(retry = @Retry, translate = false)
    void change() {}
  }

  static class Refused {

    @ConflictGuarded
    native void foreign();

    @ConflictGuarded
    Object suspending(String argument, kotlin.coroutines.Continuation continuation) {
      return argument;
    }

    @ConflictGuarded(lock = "{nobody}")
    void lock(String somebody) {}

    @ConflictGuarded(retry = @Retry(attempts = 1000))
    void often() {}
  }
}
