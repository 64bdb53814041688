package io.github.conflictguard.loadtime;

import io.github.conflictguard.archive.WeaveCommand;
import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.TargetPattern;
import io.github.conflictguard.weave.ConflictGuardPlugin;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.dynamic.ClassFileLocator;

/** The ways in which a class can come by its guards. */
public enum Way {
  BUILD {
    @Override
    public Loaded load(ClassLoader parent, Path classes, Path folder, String... targets)
        throws IOException {
      Files.createDirectories(folder);
      new Plugin.Engine.Default()
          .with(ClassFileLocator.ForClassLoader.of(Way.class.getClassLoader()))
          .apply(
              classes.toFile(),
              folder.toFile(),
              new Plugin.Factory.Simple(new ConflictGuardPlugin()));
      return new Loaded(new Application(parent, folder), () -> {});
    }
  },

  COMMAND {
    @Override
    public Loaded load(ClassLoader parent, Path classes, Path folder, String... targets)
        throws IOException {
      List<String> arguments = new ArrayList<>(List.of("--output", folder.toString()));
      for (String target : targets) {
        arguments.addAll(List.of("--target", target));
      }
      arguments.add(classes.toString());
      PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
      WeaveCommand.run(nowhere, nowhere, arguments.toArray(String[]::new));
      return new Loaded(new Application(parent, folder), () -> {});
    }
  },

  CONTAINER {
    @Override
    public Loaded load(ClassLoader parent, Path classes, Path folder, String... targets)
        throws IOException {
      Application application = new Application(parent, classes);
      LoadTimeWeaver.throughContainer(application, List.of(targets), line -> {});
      return new Loaded(application, () -> {});
    }
  },

  AGENT {
    @Override
    public Loaded load(ClassLoader parent, Path classes, Path folder, String... targets)
        throws IOException {
      Instrumentation instrumentation = ByteBuddyAgent.install();
      GuardTransformer transformer =
          new GuardTransformer(
              GuardTargets.of(
                  Arrays.stream(targets).map(TargetPattern::parse).toArray(TargetPattern[]::new)),
              true,
              "agent",
              new LineLog(line -> {}));
      instrumentation.addTransformer(transformer, true);
      return new Loaded(
          new Application(parent, classes), () -> instrumentation.removeTransformer(transformer));
    }
  },

  ATTACHMENT {
    @Override
    public Loaded load(ClassLoader parent, Path classes, Path folder, String... targets)
        throws Exception {
      Application application = new Application(parent, classes);
      // Loaded before: what is there already has to be changed.
      try (var files = Files.walk(classes)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
          String name = classes.relativize(file).toString().replace('/', '.');
          application.loadClass(name.substring(0, name.length() - ".class".length()));
        }
      }
      return new Loaded(
          application, LoadTimeWeaver.byAttachment(application, List.of(targets), line -> {}));
    }
  };

  /**
   * Weaves classes and makes them loadable.
   *
   * @param parent where the application finds what is not among them
   * @param classes where they are, unwoven
   * @param folder not there yet, for those that are written
   */
  public abstract Loaded load(ClassLoader parent, Path classes, Path folder, String... targets)
      throws Exception;

  /** Weaves classes and makes them loadable, among the libraries of the tests. */
  public Loaded load(Path classes, Path folder, String... targets) throws Exception {
    return load(Way.class.getClassLoader(), classes, folder, targets);
  }

  /** A class loader with woven classes. */
  public record Loaded(ClassLoader loader, AutoCloseable end) implements AutoCloseable {

    @Override
    public void close() throws Exception {
      end.close();
    }
  }

  /** Looks into its folder first, and takes a transformer as containers' loaders do. */
  public static final class Application extends URLClassLoader {

    private final Path folder;
    private final List<ClassFileTransformer> transformers = new ArrayList<>();

    public Application(ClassLoader parent, Path folder) throws IOException {
      super(new URL[] {folder.toUri().toURL()}, parent);
      this.folder = folder;
    }

    public void addTransformer(ClassFileTransformer transformer) {
      transformers.add(transformer);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        Path file = folder.resolve(name.replace('.', '/') + ".class");
        if (loaded != null || !Files.exists(file)) {
          return loaded != null ? loaded : super.loadClass(name, resolve);
        }
        try {
          byte[] code = Files.readAllBytes(file);
          for (ClassFileTransformer transformer : transformers) {
            // With dots, as Jetty does it.
            byte[] changed = transformer.transform(this, name, null, null, code);
            code = changed == null ? code : changed;
          }
          return defineClass(name, code, 0, code.length);
        } catch (IOException | IllegalClassFormatException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
  }
}
