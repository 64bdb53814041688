package io.github.conflictguard.classfile;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A woven method, as stored in a class file. Immutable. */
public final class WovenMethod {

  private static final String HANDLER = "handler=";
  private static final String[] RETRY = {
    "attempts", "backoffMillis", "maxBackoffMillis", "jitter", "budgetMillis"
  };
  private static final ConstantPoolScanner LOOK = ConstantPoolScanner.forAnyOf(GuardTargets.WOVEN);

  private final String name;
  private final String descriptor;
  private final String text;
  private final String wovenBy;
  private final @Nullable String policy;

  private WovenMethod(
      ClassOutline type, MethodOutline method, String wovenBy, @Nullable String policy) {
    this.name = method.name();
    this.descriptor = method.descriptor();
    this.text = type.name() + "#" + method;
    this.wovenBy = wovenBy;
    this.policy = policy;
  }

  /**
   * Returns the woven methods of a class file; class files without any are not parsed.
   *
   * @throws IOException if this is not a class file, or is of an unsupported kind
   */
  public static List<WovenMethod> in(byte[] classFile) throws IOException {
    if (!LOOK.finds(classFile)) {
      return Collections.emptyList();
    }
    ClassOutline type = ClassOutline.read(classFile);
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(classFile, 8, classFile.length - 8));
    List<String> policies = ConstantPool.read(in).textsThatBeginWith(HANDLER);
    List<WovenMethod> woven = new ArrayList<>();
    for (MethodOutline method : type.methods()) {
      AnnotationOutline marker = method.annotation(GuardTargets.WOVEN);
      if (marker != null) {
        String by = marker.text("by");
        String marked = marker.text("policy");
        woven.add(
            new WovenMethod(
                type,
                method,
                by.isEmpty() ? "build" : by,
                marked.isEmpty() ? policyOf(type, method, policies) : marked));
      }
    }
    return Collections.unmodifiableList(woven);
  }

  /**
   * Finds the policy of a guard whose marker has none, written by an earlier version. The constant
   * of the woven code starts with the handler and has one field on each line.
   */
  private static @Nullable String policyOf(
      ClassOutline type, MethodOutline method, List<String> policies) {
    String handler = HANDLER + GuardTargets.builderFor(type, method).build().handler();
    for (String policy : policies) {
      if (policy.equals(handler) || policy.startsWith(handler + "\n")) {
        return policy;
      }
    }
    return null;
  }

  /** Returns the tool that wove it: {@code build}, {@code command}. */
  public String wovenBy() {
    return wovenBy;
  }

  /** Returns whether this is the method of a target. */
  public boolean isOf(MethodOutline method) {
    return name.equals(method.name()) && descriptor.equals(method.descriptor());
  }

  /** Returns whether its guard has a policy other than this one; false if it is not available. */
  public boolean differsFrom(String otherPolicy) {
    return policy != null && !policy.equals(otherPolicy);
  }

  /**
   * Returns the options of its guard, as in a target; empty if there are none or they are not
   * available.
   */
  public String options() {
    return policy == null ? "" : optionsIn(policy);
  }

  /** Returns the options of a policy, in the syntax of a target. */
  public static String optionsIn(String policy) {
    StringBuilder options = new StringBuilder();
    for (String line : policy.split("\n", -1)) {
      if (line.startsWith("retry=")) {
        String[] values = line.substring("retry=".length()).split(",", -1);
        for (int i = 0; i < Math.min(values.length, RETRY.length); i++) {
          options.append(' ').append(RETRY[i]).append('=').append(values[i]);
        }
      } else if (!line.startsWith(HANDLER)) {
        options.append(' ').append(line);
      }
    }
    return options.toString().trim();
  }

  /** Returns the method with its class and its fully qualified parameter types. */
  @Override
  public String toString() {
    return text;
  }
}
