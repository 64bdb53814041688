package io.github.conflictguard.servlet.doctor;

import java.beans.ConstructorProperties;

/** Something in the surroundings of the filter that keeps it from its work. Immutable. */
public final class SetupFinding {

  private final String code;
  private final String found;
  private final String cure;

  /** For JMX clients. */
  @ConstructorProperties({"code", "found", "cure"})
  public SetupFinding(String code, String found, String cure) {
    this.code = code;
    this.found = found;
    this.cure = cure;
  }

  /** What sort of finding it is: {@code security-after-guard} and the like. */
  public String getCode() {
    return code;
  }

  /** What is the matter, with the names of what it is about. */
  public String getFound() {
    return found;
  }

  /** What to do about it. */
  public String getCure() {
    return cure;
  }

  @Override
  public String toString() {
    return found + ". " + cure + " [" + code + "]";
  }
}
