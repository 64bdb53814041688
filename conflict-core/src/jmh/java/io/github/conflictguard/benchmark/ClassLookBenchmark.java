package io.github.conflictguard.benchmark;

import io.github.conflictguard.loadtime.LoadTimeWeaver;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The look that every class gets while it is loaded: real ones, none of which is guarded. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class ClassLookBenchmark {

  private static final int CLASSES = 2000;

  private final WovenHandlers.OneClass loader = new WovenHandlers.OneClass();
  private final List<String> names = new ArrayList<>();
  private final List<byte[]> files = new ArrayList<>();
  private ClassFileTransformer transformer;

  @Setup
  public void read() throws Exception {
    LoadTimeWeaver.throughContainer(loader, List.of(), System.err::println);
    transformer = loader.transformer();
    Path hibernate =
        Path.of(
            org.hibernate.Session.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    try (JarFile jar = new JarFile(hibernate.toFile())) {
      Enumeration<JarEntry> entries = jar.entries();
      while (files.size() < CLASSES) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().endsWith(".class")) {
          try (InputStream in = jar.getInputStream(entry)) {
            names.add(entry.getName().replace(".class", ""));
            files.add(in.readAllBytes());
          }
        }
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(CLASSES)
  public void look() throws IllegalClassFormatException {
    for (int i = 0; i < CLASSES; i++) {
      if (transformer.transform(loader, names.get(i), null, null, files.get(i)) != null) {
        throw new IllegalStateException(names.get(i) + " is not guarded");
      }
    }
  }
}
