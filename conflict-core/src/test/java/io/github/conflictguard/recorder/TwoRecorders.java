package io.github.conflictguard.recorder;

import java.io.IOException;
import java.io.InputStream;

/** Runs in a JVM whose boot class loader has a recorder, in an application with one of its own. */
public final class TwoRecorders {

  private TwoRecorders() {}

  public static void main(String[] arguments) throws Exception {
    Class<?> own = new Application().loadClass(Recordings.class.getName());
    own.getMethod("begin").invoke(null);
    Recorder.note(new Exception("not meant"));
    own.getMethod("stored").invoke(null);
    Recorder.note(new Exception("first"));
    Recorder.note(new Exception("second"));
    int soFar = ((Throwable[]) own.getMethod("soFar").invoke(null)).length;
    int noted = ((Throwable[]) own.getMethod("end").invoke(null)).length;
    System.out.println(
        (Recorder.class.getClassLoader() == null ? "boot " : "not in boot ")
            + (own == Recordings.class ? "same " : "other ")
            + soFar
            + " "
            + noted
            + " "
            + Recorder.end().length);
  }

  /** Looks into itself first, as Jetty's does. */
  private static final class Application extends ClassLoader {

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> known = findLoadedClass(name);
      if (known != null || !name.startsWith("io.github.conflictguard.recorder.Record")) {
        return known != null ? known : super.loadClass(name, resolve);
      }
      try (InputStream in =
          ClassLoader.getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
