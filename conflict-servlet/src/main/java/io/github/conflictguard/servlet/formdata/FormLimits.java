package io.github.conflictguard.servlet.formdata;

/** How much of a form the filter reads in front of the application. Immutable. */
public final class FormLimits {

  /** As much as Tomcat takes of a form, and as many parameters as most containers take. */
  public static final FormLimits DEFAULT = new FormLimits(2 * 1024 * 1024, 10_000);

  final int bytes;
  final int parameters;

  /**
   * Makes limits.
   *
   * @param bytes of the longest body that is read
   * @param parameters the most that are taken where the container does not tell its own limit
   */
  public FormLimits(int bytes, int parameters) {
    this.bytes = bytes;
    this.parameters = parameters;
  }

  /** The length of the longest body that is read. */
  public int bytes() {
    return bytes;
  }

  /** The most parameters where the container does not tell its own limit. */
  public int parameters() {
    return parameters;
  }
}
