package io.github.conflictguard.classfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.sample.Samples;
import io.github.conflictguard.sample.Shapes;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassOutlineTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        Shapes.Members.class,
        Shapes.Choice.class,
        Shapes.Pair.class,
        Samples.Handler.class,
        ClassOutline.class,
        java.util.concurrent.ConcurrentHashMap.class,
        java.util.Map.class,
        Thread.class
      })
  void theOutlineIsWhatReflectionSees(Class<?> type) throws IOException {
    ClassOutline outline = read(type);
    assertEquals(type.getName(), outline.name());
    assertEquals(type.isInterface(), outline.isInterface());
    List<String> above = new ArrayList<>();
    above.add(type.isInterface() ? "java/lang/Object" : internal(type.getSuperclass()));
    Arrays.stream(type.getInterfaces()).map(ClassOutlineTest::internal).forEach(above::add);
    assertEquals(above, outline.supertypes());
    assertArrayEquals(
        above.toArray(), ClassHeader.supertypes(ClassFileLocator.ForClassLoader.read(type)));
    TreeSet<String> methods = new TreeSet<>();
    Arrays.stream(type.getDeclaredMethods()).map(ClassOutlineTest::signature).forEach(methods::add);
    TreeSet<String> outlined = new TreeSet<>();
    outline.methods().stream()
        .filter(MethodOutline::isMethod)
        .map(method -> method.returnType() + " " + method)
        .forEach(outlined::add);
    assertEquals(methods, outlined);
  }

  @Test
  void theNamesOfParametersComeFromDebugInformation() throws IOException {
    MethodOutline method =
        read(Shapes.Repeats.class).method("reassigns", "(IJLjava/lang/String;I)Ljava/lang/String;");
    assertEquals(List.of("number", "big", "text", "failures"), method.parameterNames());
  }

  @Test
  void theLookFindsWhatStandsInTheConstantPool() {
    ConstantPoolScanner look = ConstantPoolScanner.forAnyOf("nothing", GuardTargets.GUARDED);
    assertTrue(look.finds(ClassFileLocator.ForClassLoader.read(Shapes.Members.class)));
    assertTrue(look.finds(ClassFileLocator.ForClassLoader.read(Shapes.Store.class)));
    assertFalse(look.finds(ClassFileLocator.ForClassLoader.read(Samples.Untouched.class)));
    assertFalse(look.finds(ClassFileLocator.ForClassLoader.read(Thread.class)));
  }

  @Test
  void aLookAtSomethingUnknownLooksMoreClosely() {
    byte[] classFile = ClassFileLocator.ForClassLoader.read(Samples.Untouched.class);
    classFile[10] = 99; // The tag of the first constant.
    assertTrue(ConstantPoolScanner.forAnyOf("x").finds(classFile));
    assertThrows(IOException.class, () -> ClassOutline.read(classFile));
  }

  /** What the JVM refuses must not end in anything but "no outline". */
  @Test
  void damagedFilesAreRefusedAndNothingElse() {
    byte[] original = ClassFileLocator.ForClassLoader.read(Shapes.Members.class);
    ConstantPoolScanner look = ConstantPoolScanner.forAnyOf(GuardTargets.GUARDED);
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = Arrays.copyOf(original, random.nextInt(original.length));
      for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertDoesNotThrow(() -> look.finds(damaged));
      assertDoesNotThrow(() -> ClassHeader.supertypes(damaged));
      try {
        GuardTargets.ofAnnotation().in(ClassOutline.read(damaged), Supertypes.NONE);
      } catch (IOException e) {
        // As it should be.
      }
    }
  }

  private static ClassOutline read(Class<?> type) throws IOException {
    return ClassOutline.read(ClassFileLocator.ForClassLoader.read(type));
  }

  private static String internal(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  private static String signature(Method method) {
    return written(method.getReturnType()) + " " + method.getName() + parameters(method);
  }

  private static String parameters(Executable method) {
    return "("
        + String.join(
            ",", Arrays.stream(method.getParameterTypes()).map(ClassOutlineTest::written).toList())
        + ")";
  }

  private static String written(Class<?> type) {
    return type.isArray() ? written(type.getComponentType()) + "[]" : type.getName();
  }
}
