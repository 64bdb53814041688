package io.github.conflictguard.archive;

import io.github.conflictguard.classfile.ClassOutline;
import io.github.conflictguard.classfile.GuardTarget;
import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.WovenMethod;
import io.github.conflictguard.weave.ConsoleLog;
import io.github.conflictguard.weave.Renewal;
import io.github.conflictguard.weave.UnmatchedTargets;
import io.github.conflictguard.weave.Weaver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes of one archive or folder, including nested archives. An instance is for a
 * single input.
 *
 * <p>A library is woven only if it is selected by name. Methods that require a guard and cannot
 * have one are reported, wherever they are, and do not prevent the others from being woven.
 */
final class ArchiveWeaver {

  private static final String GUARD_IS_MISSING =
      "its application has no class io.github.conflictguard.guard.WovenGuard, which woven code"
          + " calls; put a drop-in jar into its libraries, or name the jar that the server shares"
          + " by --class-path";
  private static final String SIGNATURE = "META-INF/[^/]+\\.(SF|RSA|DSA|EC)";

  private final Weaver weaver;
  private final ConsoleLog log;
  private final LibraryNames libraries;
  private final UnmatchedTargets unmatched;
  private final boolean check;
  private ApplicationLayout layout;
  private ApplicationClasses classes;

  /** Why no class of the current archive can be changed; null if they can. */
  private @Nullable String obstacle;

  /**
   * Creates a weaver for one application.
   *
   * @param check whether to change nothing, and to report the methods without a guard
   */
  ArchiveWeaver(
      Weaver weaver,
      ConsoleLog log,
      LibraryNames libraries,
      UnmatchedTargets unmatched,
      boolean check,
      ApplicationLayout layout,
      ApplicationClasses classes) {
    this.weaver = weaver;
    this.log = log;
    this.libraries = libraries;
    this.unmatched = unmatched;
    this.check = check;
    this.layout = layout;
    this.classes = classes;
    this.obstacle = obstacleOfApplication();
  }

  private @Nullable String obstacleOfApplication() {
    if (layout.isApplication() && !classes.hasGuard()) {
      return GUARD_IS_MISSING;
    }
    return check ? "it has not been woven yet" : null;
  }

  /** Returns the changed contents. */
  Map<ArchiveEntry, byte[]> changes(String name, ArchiveFile archive) {
    Map<ArchiveEntry, byte[]> changes = new HashMap<>();
    String before = obstacle;
    for (ArchiveEntry entry : archive.entries()) {
      if (before == null && entry.name().matches(SIGNATURE)) {
        obstacle = "it is in " + name + ", which is signed; take its signature off";
      }
    }
    for (ArchiveEntry entry : archive.entries()) {
      String entryName = entry.name();
      if (!concerns(entryName)) {
        continue;
      }
      if (!entry.isReadable()) {
        log.left(entryName, "it is encrypted, or compressed in an unknown way");
        continue;
      }
      try {
        byte[] content = archive.content(entry);
        byte[] woven = woven(entryName, content);
        if (woven != content) {
          changes.put(entry, woven);
        }
      } catch (IOException e) {
        log.left(entryName, String.valueOf(e.getMessage()));
      }
    }
    obstacle = before;
    return changes;
  }

  private boolean concerns(String entry) {
    return entry.endsWith(".class")
        || layout.isLibrary(entry)
        || layout.isJarModule(entry)
        || layout.isWebModule(entry);
  }

  /** Returns the new content of a file: the same array if it is unchanged. */
  byte[] woven(String name, byte[] content) throws IOException {
    if (name.endsWith(".class")) {
      return wovenClass(name, content);
    }
    if (layout.isWebModule(name)) {
      return wovenWebModule(name, content);
    }
    if (layout.isLibrary(name) && !libraries.contain(name)) {
      String before = obstacle;
      obstacle = "it is in " + name + ", which no --lib names";
      wovenArchive(name, content);
      obstacle = before;
      return content;
    }
    return layout.isLibrary(name) || layout.isJarModule(name)
        ? wovenArchive(name, content)
        : content;
  }

  /**
   * Weaves a web module, which sees the libraries and EJBs of its application, but not the reverse.
   */
  private byte[] wovenWebModule(String name, byte[] content) throws IOException {
    ApplicationLayout outerLayout = layout;
    ApplicationClasses outerClasses = classes;
    String outerObstacle = obstacle;
    try (ArchiveFile archive = ArchiveFile.of(name, content)) {
      layout = layoutOf(name, archive);
      List<URL> more = outerClasses.urls();
      try (ApplicationClasses own = ApplicationClasses.of(archive, layout, more)) {
        classes = own;
        obstacle = obstacleOfApplication();
        return written(archive, changes(name, archive), content);
      }
    } finally {
      layout = outerLayout;
      classes = outerClasses;
      obstacle = outerObstacle;
    }
  }

  private byte[] wovenArchive(String name, byte[] content) {
    try (ArchiveFile archive = ArchiveFile.of(name, content)) {
      return written(archive, changes(name, archive), content);
    } catch (IOException e) {
      log.left(name, String.valueOf(e.getMessage()));
      return content;
    }
  }

  private static byte[] written(
      ArchiveFile archive, Map<ArchiveEntry, byte[]> changes, byte[] before) throws IOException {
    if (changes.isEmpty()) {
      return before;
    }
    ByteArrayOutputStream woven = new ByteArrayOutputStream(before.length + 8192);
    archive.writeTo(woven, changes);
    return woven.toByteArray();
  }

  private byte[] wovenClass(String name, byte[] content) {
    try {
      GuardTargets targets = weaver.targets();
      // Most classes of an application require no guard, and are not parsed.
      boolean woven = !WovenMethod.in(content).isEmpty();
      if (!woven
          && !GuardTargets.mentionsAnnotation(content)
          && !targets.isNamed(nameOf(name))
          && !classes.above().speakAbove(content)) {
        return content;
      }
      ClassOutline outline = ClassOutline.read(content);
      unmatched.see(outline);
      reportOtherOptions(targets.in(outline, classes.above()), content);
      if (obstacle != null) {
        weaver.refuse(content, classes.above(), obstacle);
        if (woven && layout.isApplication() && !classes.hasGuard()) {
          log.refused(outline.name(), GUARD_IS_MISSING);
        }
        return content;
      }
      byte[] result = weaver.weave(content, classes.locator(), classes.above());
      return result == null ? content : result;
    } catch (IOException | RuntimeException | LinkageError e) {
      log.left(name, "it cannot be read or woven, " + e);
      return content;
    }
  }

  private static String nameOf(String entry) {
    String name = ApplicationLayout.withoutFolder(entry);
    return name.substring(0, name.length() - ".class".length());
  }

  /** Reports the options of both policies if the policy of a woven method cannot be changed. */
  private void reportOtherOptions(List<GuardTarget> targets, byte[] classFile) throws IOException {
    List<WovenMethod> wovenMethods = new ArrayList<>(WovenMethod.in(classFile));
    for (GuardTarget target : targets) {
      for (WovenMethod woven : wovenMethods) {
        if (target.policy() != null
            && !Renewal.isPossible(target)
            && woven.isOf(target.method())
            && woven.differsFrom(String.valueOf(target.policy()))) {
          log.differs(
              target.toString(),
              "with the options '"
                  + woven.options()
                  + "'; requested are '"
                  + WovenMethod.optionsIn(String.valueOf(target.policy()))
                  + "', which need the class as it was before (--undo)");
        }
      }
    }
  }

  /** Detects the layout of an archive. */
  static ApplicationLayout layoutOf(String name, ArchiveFile archive) throws IOException {
    List<String> names = new ArrayList<>();
    String descriptor = "";
    for (ArchiveEntry entry : archive.entries()) {
      names.add(entry.name());
      if (entry.name().equals(ApplicationLayout.DESCRIPTOR_OF_EAR) && entry.isReadable()) {
        descriptor = new String(archive.content(entry), StandardCharsets.UTF_8);
      }
    }
    return ApplicationLayout.of(name, names, descriptor);
  }
}
