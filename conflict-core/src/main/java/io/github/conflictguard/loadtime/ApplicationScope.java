package io.github.conflictguard.loadtime;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Restricts a transformer of the JVM to the classes of one loader and its descendants. */
final class ApplicationScope implements ClassFileTransformer {

  private final ClassLoader application;
  private final ClassFileTransformer transformer;

  ApplicationScope(ClassLoader application, ClassFileTransformer transformer) {
    this.application = application;
    this.transformer = transformer;
  }

  boolean isMeant(Class<?> type) {
    return isMeant(type.getClassLoader());
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile)
      throws IllegalClassFormatException {
    return isMeant(loader) ? transformer.transform(loader, name, loaded, domain, classFile) : null;
  }

  private boolean isMeant(@Nullable ClassLoader loader) {
    for (ClassLoader each = loader; each != null; each = each.getParent()) {
      if (each == application) {
        return true;
      }
    }
    return false;
  }
}
