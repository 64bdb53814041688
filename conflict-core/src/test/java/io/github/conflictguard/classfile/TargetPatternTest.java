package io.github.conflictguard.classfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetPatternTest {

  private static final String PACKAGE = "io.github.conflictguard.classfile.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TargetPatternTest$Sample#save | true, true, true",
        "TargetPatternTest$Sample#save(java.lang.String,int[]) | true, false, false",
        "TargetPatternTest$Sample#save( long , java.util.Map$Entry ) | false, true, false",
        "TargetPatternTest$Sample#save() | false, false, true",
        "TargetPatternTest$Sample#s*e | true, true, true",
        "TargetPatternTest$Sample#*v* | true, true, true",
        "TargetPatternTest$Sample#sav | false, false, false",
        "TargetPatternTest$Other#save | false, false, false",
        "*Sample#save | true, true, true",
        "Target*$Sample#*() | false, false, true",
      })
  void classMethodAndParametersHaveToFit(String target, String expected) throws IOException {
    assertEquals("[" + expected.trim() + "]", matches(PACKAGE + target.trim()).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "io.**.*Sample#save, true",
    "io.*.*Sample#save, false",
    "**#save, true",
    "*#save, false",
    "io.github.conflictguard.*.TargetPatternTest$Sample#save, true"
  })
  void oneStarStaysInsideOfAPackageNameAndTwoDoNot(String target, boolean matches)
      throws IOException {
    assertEquals(List.of(matches, matches, matches), matches(target));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.example.Orders | names no method",
        "com.example.Orders.save(int) | names no method",
        "#save | names no method",
        "com.example.Orders#save(int | names no method",
        "com.example.Orders#save tries=3 | the option 'tries=3' is unknown; accepted are [attempts",
        "com.example.Orders#save attempts=x | attempts 'x' is not a number",
        "com.example.Orders#save attempts=0 | attempts '0' is out of its range",
        "com.example.Orders#save only=duplicate | only 'duplicate' is unknown; accepted are [duplicate-key",
        "com.example.Orders#save statusProfile=odd | accepted are [standard, uniform]",
        "com.example.Orders#save jitter=2 | jitter '2.0' is out of its range",
      })
  void aTargetThatIsNoneSaysWhatIsWrongAndWhatWouldBeRight(String target, String message) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> TargetPattern.parse(target.trim()))
            .getMessage();
    assertTrue(said.contains("'" + target.trim() + "'") && said.contains(message.trim()), said);
  }

  @Test
  void dollarsAndDotsOfNamesAreNoWildcards() throws IOException {
    assertEquals(List.of(false, false, false), matches(PACKAGE + "TargetPatternTestXSample#save"));
  }

  private static List<Boolean> matches(String target) throws IOException {
    ClassOutline sample = ClassOutline.read(ClassFileLocator.ForClassLoader.read(Sample.class));
    TargetPattern pattern = TargetPattern.parse(target);
    return sample.methods().stream()
        .filter(MethodOutline::isMethod)
        .map(method -> pattern.matches(sample, method))
        .toList();
  }

  @SuppressWarnings("unused")
  private static final class Sample {

    void save(String name, int[] values) {}

    void save(long id, java.util.Map.Entry<String, String> entry) {}

    void save() {}
  }
}
