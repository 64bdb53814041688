package io.github.conflictguard.servlet.formdata;

/** The limits for forms that the filter reads before the application runs. Immutable. */
public final class FormLimits {

  /** The same length as the default of Tomcat, and as many parameters as in most containers. */
  public static final FormLimits DEFAULT = new FormLimits(2 * 1024 * 1024, 10_000);

  final int bytes;
  final int parameters;

  /**
   * Creates limits.
   *
   * @param bytes the maximum length of a body, in bytes
   * @param parameters the maximum number of parameters if the container does not provide its limit
   */
  public FormLimits(int bytes, int parameters) {
    this.bytes = bytes;
    this.parameters = parameters;
  }

  /** Returns the maximum length of a body, in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Returns the maximum number of parameters if the container does not provide its limit. */
  public int parameters() {
    return parameters;
  }
}
