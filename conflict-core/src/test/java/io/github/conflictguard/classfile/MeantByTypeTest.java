package io.github.conflictguard.classfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.guard.Retry;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.annotation.Transactional;

/** Which methods an annotation means, and what it cannot do for them. */
class MeantByTypeTest {

  @ParameterizedTest
  @ValueSource(strings = {"javax", "jakarta"})
  void anAnnotatedServletMeansItsMethodsForRequestsAlsoWhereTheyAreProtected(String namespace)
      throws IOException {
    String both = "(L%s/servlet/http/HttpServletRequest;L%s/servlet/http/HttpServletResponse;)V";
    byte[] servlet =
        classWith(
            both.replace("%s", namespace),
            "doGet",
            "doPost",
            "-doSecret",
            "helper()V",
            "lastModified(L" + namespace + "/servlet/http/HttpServletRequest;)J");
    assertEquals(List.of("doGet", "doPost"), namesIn(ClassOutline.read(servlet)));
  }

  @Test
  void neitherAccessorsNorWhatEveryObjectHasIsMeant() throws IOException {
    assertEquals(List.of("save", "getOrders"), namesIn(outline(Bean.class)));
    assertEquals(List.of("rename"), namesIn(outline(Customer.class)));
  }

  @Test
  void anAccessorThatIsAnnotatedItselfIsGuarded() throws IOException {
    assertEquals(List.of("getId", "work"), namesIn(outline(OnAccessor.class)));
  }

  @ParameterizedTest
  @ValueSource(classes = {Hidden.class, Holder.class})
  void anAnnotationThatGuardsNoMethodIsAnError(Class<?> type) throws IOException {
    assertNotNull(GuardTargets.uselessOn(outline(type)));
  }

  @ParameterizedTest
  @ValueSource(classes = {Bean.class, Customer.class, OnAccessor.class, Contract.class})
  void anAnnotationThatGuardsAMethodHereOrBelowIsNone(Class<?> type) throws IOException {
    assertNull(GuardTargets.uselessOn(outline(type)));
  }

  @Test
  void resultsWhoseCompletionCannotBeFollowedAreRefused() throws IOException {
    for (GuardTarget target : targetsIn(outline(Later.class))) {
      String refusal = String.valueOf(target.refusal());
      assertTrue(refusal.contains("when it has returned"), target + ": " + refusal);
    }
    assertEquals(4, targetsIn(outline(Later.class)).size());
    for (GuardTarget target : targetsIn(outline(Stages.class))) {
      assertNull(target.refusal());
    }
  }

  @Test
  void aGuardInsideATransactionIsWarnedOfUnlessItKeepsTheException() throws IOException {
    for (GuardTarget target : targetsIn(outline(InTransaction.class))) {
      boolean warned = target.warnings().stream().anyMatch(text -> text.contains("rolls back"));
      assertEquals(!target.method().name().equals("kept"), warned, target.toString());
    }
    assertEquals(3, targetsIn(outline(InTransaction.class)).size());
  }

  @Test
  void anArgumentThatMayCarryAStaleStateIsWarnedOf() throws IOException {
    for (GuardTarget target : targetsIn(outline(Stale.class))) {
      boolean warned = target.warnings().stream().anyMatch(text -> text.contains("is stale again"));
      assertEquals(target.method().name().equals("byRecord"), warned, target.toString());
    }
    assertEquals(3, targetsIn(outline(Stale.class)).size());
  }

  @Test
  void whatIsRepeatedIsNamedByKindsAndExceptions() throws IOException {
    String expected =
        GuardPolicy.builder()
            .handler(Stale.class.getName() + "#byKey(long,UUID)")
            .retry(3)
            .retryOn(ConflictKind.STALE_VERSION)
            .retryOnExceptions("java.io.IOException")
            .translate(false)
            .build()
            .toString();
    assertEquals(expected, policyOf("byKey"));
    String pattern =
        Stale.class.getName()
            + "#plain attempts=3 on=stale-version onException=java.io.IOException translate=false";
    assertEquals(
        expected.replace("byKey", "plain"), policyOf("plain", TargetPattern.parse(pattern)));
  }

  private static String policyOf(String method, TargetPattern... patterns) throws IOException {
    for (GuardTarget target : GuardTargets.of(patterns).in(outline(Stale.class), Supertypes.NONE)) {
      if (target.method().name().equals(method)) {
        return String.valueOf(target.policy());
      }
    }
    throw new AssertionError(method);
  }

  /** A class of the annotation with protected methods; a minus sign makes one private. */
  private static byte[] classWith(String descriptor, String... methods) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V1_5, Opcodes.ACC_PUBLIC, "a/Servlet", null, "java/lang/Object", null);
    writer.visitAnnotation(GuardTargets.GUARDED, true).visitEnd();
    for (String method : methods) {
      boolean isPrivate = method.startsWith("-");
      int open = method.indexOf('(');
      MethodVisitor code =
          writer.visitMethod(
              isPrivate ? Opcodes.ACC_PRIVATE : Opcodes.ACC_PROTECTED,
              open < 0 ? method.replace("-", "") : method.substring(0, open),
              open < 0 ? descriptor : method.substring(open),
              null,
              null);
      code.visitCode();
      code.visitInsn(Opcodes.ACONST_NULL);
      code.visitInsn(Opcodes.ATHROW);
      code.visitMaxs(1, 3);
      code.visitEnd();
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static List<String> namesIn(ClassOutline type) {
    return targetsIn(type).stream().map(target -> target.method().name()).toList();
  }

  private static List<GuardTarget> targetsIn(ClassOutline type) {
    return GuardTargets.ofAnnotation().in(type, Supertypes.NONE);
  }

  private static ClassOutline outline(Class<?> type) throws IOException {
    return ClassOutline.read(ClassFileLocator.ForClassLoader.read(type));
  }

  @ConflictGuarded
  static class Bean {
    private String name = "";
    private long count;

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public void setCount(long count) {
      this.count = count;
    }

    public Bean withName(String name) {
      this.name = name;
      return this;
    }

    public long count() {
      return count;
    }

    public void save() {
      name = name + count;
    }

    public List<String> getOrders() {
      return List.of(name);
    }

    @Override
    public String toString() {
      return name + count;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bean bean && bean.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  @ConflictGuarded
  record Customer(String name, long id) {
    public Customer rename(String to) {
      return new Customer(to, id);
    }
  }

  @ConflictGuarded
  static class OnAccessor {
    private int id;

    @ConflictGuarded
    public int getId() {
      return id;
    }

    public void work() {
      id++;
    }

    static List<String> names() {
      return List.of();
    }
  }

  @ConflictGuarded
  static class Hidden {
    protected void work() {}

    public static void help() {}
  }

  @ConflictGuarded
  static class Holder {
    private int id;

    public int getId() {
      return id;
    }
  }

  @ConflictGuarded
  interface Contract {
    void save();
  }

  static class Later {
    @ConflictGuarded
    Callable<String> callable() {
      return () -> "";
    }

    @ConflictGuarded
    Supplier<String> supplier() {
      return () -> "";
    }

    @ConflictGuarded
    Future<String> future() {
      return new CompletableFuture<>();
    }

    @ConflictGuarded
    java.util.concurrent.Flow.Publisher<String> publisher() {
      return subscriber -> {};
    }
  }

  static class Stages {
    @ConflictGuarded
    CompletableFuture<String> future() {
      return new CompletableFuture<>();
    }

    @ConflictGuarded
    CompletionStage<String> stage() {
      return new CompletableFuture<>();
    }
  }

  static class InTransaction {
    @Transactional
    @ConflictGuarded
    void plain() {}

    @Transactional
    @ConflictGuarded(retry = @Retry)
    void retried() {}

    @Transactional
    @ConflictGuarded(translate = false)
    void kept() {}
  }

  static class Stale {
    @ConflictGuarded(
        retry = @Retry(on = ConflictKind.STALE_VERSION, onException = IOException.class),
        translate = false)
    void byKey(long id, UUID key) {}

    @ConflictGuarded(retry = @Retry(on = ConflictKind.STALE_VERSION))
    void byRecord(String name, Customer customer) {}

    @ConflictGuarded(retry = @Retry)
    void notNamed(Customer customer) {}

    void plain(long id, UUID key) {}
  }
}
