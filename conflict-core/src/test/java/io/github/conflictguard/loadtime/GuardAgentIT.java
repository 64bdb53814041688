package io.github.conflictguard.loadtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.sample.AgentProgram;
import io.github.conflictguard.sample.Samples;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent's jar in JVMs of its own. What it is to guard finds the guard in that jar alone. */
class GuardAgentIT {

  private static final Path AGENT = Path.of(System.getProperty("agent.jar"));
  private static final int MANY = 10_000;

  @TempDir private Path folder;

  @Test
  void withoutTheAgentNothingIsGuarded() throws Exception {
    assertEquals(
        List.of("handler: SQLException", "store: SQLException", "untouched: SQLException"),
        outputOf(run(List.of(), "guards")));
  }

  @Test
  void withTheAgentAnnotatedMethodsAndThoseOfTargetsAreGuarded() throws Exception {
    String target = "target=" + Samples.Untouched.class.getName() + "#throwsDuplicate()";
    assertEquals(
        List.of(
            "handler: ConflictException",
            "store: ConflictException",
            "untouched: ConflictException"),
        outputOf(run(List.of("-javaagent:" + AGENT + "=" + target), "guards")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"records", "records-in-module"})
  void theRecorderNotesConflictsAndForgetsWhatWasOvercome(String program) throws Exception {
    Path options = folder.resolve("agent.options");
    Files.writeString(
        options, "# ours\nrecord=" + AgentProgram.Taken.class.getName() + "\nverbose=false\n");
    assertEquals(
        List.of(
            "made and caught: [SQLException]",
            "directory: [NameAlreadyBoundException]",
            "file: [FileAlreadyExistsException]",
            "of the application: [Taken]",
            "no conflict: []",
            "swallowed: [JdbcSQLIntegrityConstraintViolationException]",
            "then another one stored: []",
            "stored before: [JdbcSQLIntegrityConstraintViolationException]",
            "by execute(): []",
            "by a batch: []",
            "nothing updated: [JdbcSQLIntegrityConstraintViolationException]",
            "committed without anything: [JdbcSQLIntegrityConstraintViolationException]",
            "rolled back: [JdbcSQLIntegrityConstraintViolationException]",
            "tried again and committed: []",
            "stored, then failed: [JdbcSQLIntegrityConstraintViolationException]",
            "between requests: 0"),
        outputOf(run(List.of("-javaagent:" + AGENT + "=" + options), program)));
  }

  @Test
  void eachApplicationUsesTheGuardThatItSees() throws Exception {
    List<String> said =
        run(
            List.of("-javaagent:" + AGENT),
            "applications",
            folderOf(ConflictGuarded.class).toString());
    assertEquals(
        List.of(
            "sees: ConflictException",
            "carries: ConflictException of its own",
            "blind: SQLException",
            "recordings: true"),
        outputOf(said));
    assertTrue(
        said.stream().anyMatch(line -> line.contains("its class loader does not see the guard")),
        said.toString());
  }

  @Test
  void anApplicationThatRunsGetsItsGuardsByAttachment() throws Exception {
    Process process = start(List.of("-XX:+EnableDynamicAgentLoading"), "waits");
    try (BufferedReader out = process.inputReader()) {
      assertEquals("before: SQLException", out.readLine());
      VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
      machine.loadAgent(AGENT.toString());
      machine.detach();
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      assertTrue(out.lines().toList().contains("after: ConflictException"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aWrongOptionStopsTheJvmAndSaysWhatIsAccepted() throws Exception {
    Process process = start(List.of("-javaagent:" + AGENT + "=recorder=maybe"), "guards");
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertNotEquals(0, process.waitFor());
    assertTrue(
        said.contains(
            "'recorder=maybe' in the agent's options is unknown or wrong; accepted are true and"
                + " false"),
        said);
  }

  @Test
  void theAgentNamedTwiceIsThereOnce() throws Exception {
    List<String> said = run(List.of("-javaagent:" + AGENT, "-javaagent:" + AGENT), "guards");
    assertTrue(said.contains("[conflict-guard] the agent is there already; this one does nothing"));
    assertTrue(said.contains("handler: ConflictException"));
  }

  @Test
  void anApplicationThatIsThereAlreadyMayAskForMore() throws Exception {
    String target = Samples.Untouched.class.getName() + "#throwsDuplicate()";
    String agent = "-javaagent:" + AGENT;
    for (List<String> options : List.of(List.of(agent), List.of(agent, agent))) {
      assertEquals(
          List.of("before: SQLException", "after: ConflictException"),
          outputOf(run(options, "asks", target)));
    }
  }

  @Test
  void theSameClassesOnTheClassPathDoNotGetInFrontOfTheWeaver() throws Exception {
    Path core = folderOf(ConflictGuarded.class);
    Path tests = folderOf(AgentProgram.class);
    List<String> said =
        outputOf(
            finish(
                start(
                    List.of("-javaagent:" + AGENT, "-cp", core + File.pathSeparator + tests),
                    "guards")));
    assertTrue(said.contains("handler: ConflictException"), said.toString());
  }

  /** Five of them are guarded; the others have to be what they are. */
  @Test
  void anApplicationOfTenThousandClassesLoadsWithTheAgent() throws Exception {
    Path application = folder.resolve("many.jar");
    writeManyClasses(application);
    String classPath = application + File.pathSeparator + folderOf(AgentProgram.class);
    List<String> said =
        finish(
            start(
                List.of("-javaagent:" + AGENT + "=verbose=true", "-cp", classPath),
                "many",
                String.valueOf(MANY)));
    assertEquals(List.of("guarded: 5", "intact: " + MANY), outputOf(said));
    assertEquals(5, said.stream().filter(line -> line.endsWith("#fail() is guarded")).count());
    assertFalse(said.stream().anyMatch(line -> line.contains("NOT")), said.toString());
  }

  private static void writeManyClasses(Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (int i = 0; i < MANY; i++) {
        out.putNextEntry(new JarEntry("many/C" + i + ".class"));
        out.write(oneOfMany(i, i % (MANY / 5) == 77));
        out.closeEntry();
      }
    }
  }

  private static byte[] oneOfMany(int number, boolean guarded) {
    ClassWriter type = new ClassWriter(0);
    String above = number % 10 == 0 ? "java/lang/Object" : "many/C" + (number - number % 10);
    type.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, "many/C" + number, null, above, null);
    MethodVisitor code = type.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, above, "<init>", "()V", false);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(1, 1);
    code = type.visitMethod(Opcodes.ACC_PUBLIC, "work", "(I)I", null, null);
    code.visitVarInsn(Opcodes.ILOAD, 1);
    code.visitLdcInsn(number);
    code.visitInsn(Opcodes.IADD);
    code.visitInsn(Opcodes.IRETURN);
    code.visitMaxs(2, 2);
    code = type.visitMethod(Opcodes.ACC_PUBLIC, "fail", "()V", null, null);
    if (guarded) {
      AnnotationVisitor annotation =
          code.visitAnnotation(Type.getDescriptor(ConflictGuarded.class), true);
      annotation.visitEnd();
    }
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        Type.getInternalName(Samples.class),
        "duplicate",
        "()Ljava/sql/SQLException;",
        false);
    code.visitInsn(Opcodes.ATHROW);
    code.visitMaxs(1, 1);
    type.visitEnd();
    return type.toByteArray();
  }

  private List<String> run(List<String> options, String... arguments) throws Exception {
    return finish(start(options, arguments));
  }

  private static List<String> finish(Process process) throws Exception {
    try (BufferedReader out = process.inputReader()) {
      List<String> lines = out.lines().toList();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue(), lines.toString());
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xshare:off", "-Xmx256m"));
    if (!options.contains("-cp")) {
      String h2 = folderOf(org.h2.Driver.class).toString();
      command.addAll(List.of("-cp", folderOf(AgentProgram.class) + File.pathSeparator + h2));
    }
    command.addAll(options);
    command.add(AgentProgram.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** What the program said, without what the agent and the JVM said. */
  private static List<String> outputOf(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.startsWith("[conflict-guard]") && !line.contains("warning"))
        .toList();
  }

  private static Path folderOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
