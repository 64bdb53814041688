package io.github.conflictguard.benchmark;

/** Loads the synthetic classes, initializes them, and says how long that took. */
public final class LoadingProgram {

  private LoadingProgram() {}

  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    ClassLoader loader = LoadingProgram.class.getClassLoader();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      Class.forName("many.C" + i, true, loader);
    }
    System.out.println("nanos: " + (System.nanoTime() - start));
  }
}
