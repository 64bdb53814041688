package io.github.conflictguard.weave;

import io.github.conflictguard.classfile.ClassOutline;
import io.github.conflictguard.classfile.GuardTarget;
import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.Supertypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeInitializer;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.auxiliary.AuxiliaryType;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.AsmClassReader;
import net.bytebuddy.utility.AsmClassWriter;
import org.jspecify.annotations.Nullable;

/**
 * Weaves a class file: returns the same class with its guards, or null if none is requested. Used
 * by the command, the agent and the class loaders of web applications alike, so that their results
 * are the same.
 *
 * <p>Weaving a woven class has no effect. Thread-safe.
 */
public final class Weaver {

  /** The marker's value for methods that the command has woven. */
  public static final String BY_COMMAND = "command";

  private final GuardTargets targets;
  private final String wovenBy;
  private final WeaveLog log;

  /**
   * Creates a weaver.
   *
   * @param wovenBy the value for the markers
   */
  public Weaver(GuardTargets targets, String wovenBy, WeaveLog log) {
    this.targets = targets;
    this.wovenBy = wovenBy;
    this.log = log;
  }

  /**
   * Weaves a class.
   *
   * @param locator finds the types to which the class refers, for Byte Buddy
   * @return null if the class is left unchanged
   * @throws IOException if this is not a class file, or is of an unsupported kind
   */
  public byte @Nullable [] weave(byte[] classFile, ClassFileLocator locator, Supertypes supertypes)
      throws IOException {
    ClassOutline outline = ClassOutline.read(classFile);
    List<GuardTarget> open = open(targets, outline, supertypes, log, wovenBy);
    if (open.isEmpty()) {
      return null;
    }
    byte[] woven = weave(outline.name(), classFile, open, locator);
    for (GuardTarget target : open) {
      log.woven(target.toString());
    }
    return woven;
  }

  /** Reports the methods that are not guarded yet, in place of {@link #weave}. */
  public void refuse(byte[] classFile, Supertypes supertypes, String reason) throws IOException {
    for (GuardTarget target :
        open(targets, ClassOutline.read(classFile), supertypes, log, wovenBy)) {
      log.refused(
          target.toString(), target.isWoven() ? "its guard has another policy yet" : reason);
    }
  }

  /** Returns the methods to guard. */
  public GuardTargets targets() {
    return targets;
  }

  /**
   * Returns the methods that can be woven and are not yet, or whose policy has changed since.
   * Methods woven by the command keep their options at load time, where its targets are not
   * available.
   *
   * @param wovenBy the value for the markers of this weaver
   */
  static List<GuardTarget> open(
      GuardTargets targets,
      ClassOutline type,
      Supertypes supertypes,
      WeaveLog log,
      String wovenBy) {
    String useless = GuardTargets.uselessOn(type);
    if (useless != null) {
      log.refused(type.name(), useless);
    }
    for (String inherited : targets.unguardedAbove(type, supertypes)) {
      log.refused(type.name(), inherited);
    }
    List<GuardTarget> open = new ArrayList<>();
    for (GuardTarget target : targets.in(type, supertypes)) {
      String refusal = target.refusal();
      if (isLoadTime(wovenBy) && BY_COMMAND.equals(target.wovenBy())) {
        log.found(target.toString());
      } else if (target.isOutdated() && Renewal.isPossible(target)) {
        open.add(target);
      } else if (target.isOutdated()) {
        log.refused(target.toString(), GuardTarget.OUTDATED);
      } else if (target.isWoven()) {
        log.found(target.toString());
      } else if (refusal != null) {
        log.refused(target.toString(), refusal);
      } else {
        open.add(target);
      }
      for (String warning : target.warnings()) {
        log.warned(target.toString(), warning);
      }
    }
    return open;
  }

  private static boolean isLoadTime(String wovenBy) {
    return !wovenBy.equals(BY_COMMAND) && !wovenBy.equals("build");
  }

  /**
   * Weaves a class with settings that work for class files of the last twenty years: types are
   * resolved as late as possible, because libraries refer to many types that are missing.
   */
  private byte[] weave(
      String className, byte[] classFile, List<GuardTarget> open, ClassFileLocator locator) {
    RawTypes.preferIfOwn();
    ClassFileLocator withClass =
        new ClassFileLocator.Compound(ClassFileLocator.Simple.of(className, classFile), locator);
    TypePool pool =
        new TypePool.Default.WithLazyResolution(
            TypePool.CacheProvider.Simple.withObjectType(),
            withClass,
            TypePool.Default.ReaderMode.FAST,
            TypePool.Default.WithLazyResolution.LazinessMode.EXTENDED);
    return written(
        classFile, pool.describe(className).resolve(), pool, new GuardVisitors(open, wovenBy));
  }

  /**
   * Does the same as Byte Buddy's builder for a class that is decorated, without the builder, which
   * would require another two hundred classes to be loaded by an agent at application start.
   */
  private static byte[] written(
      byte[] classFile, TypeDescription type, TypePool pool, GuardVisitors visitors) {
    AsmClassReader reader = AsmClassReader.Factory.Default.IMPLICIT.make(classFile);
    AsmClassWriter writer =
        AsmClassWriter.Factory.Default.IMPLICIT.make(AsmVisitorWrapper.NO_FLAGS, reader, pool);
    ClassFileVersion version = ClassFileVersion.ofClassFile(classFile);
    Implementation.Context context =
        Implementation.Context.Disabled.Factory.INSTANCE.make(
            type,
            new AuxiliaryType.NamingStrategy.Enumerating("auxiliary"), // There are none.
            TypeInitializer.None.INSTANCE,
            version,
            version,
            version.isAtLeast(ClassFileVersion.JAVA_V6)
                ? Implementation.Context.FrameGeneration.GENERATE
                : Implementation.Context.FrameGeneration.DISABLED);
    reader.accept(
        visitors.wrap(
            type,
            writer.getVisitor(),
            context,
            pool,
            new FieldList.Empty<>(),
            type.getDeclaredMethods(),
            AsmVisitorWrapper.NO_FLAGS,
            AsmVisitorWrapper.NO_FLAGS),
        AsmVisitorWrapper.NO_FLAGS);
    return writer.getBinaryRepresentation();
  }
}
