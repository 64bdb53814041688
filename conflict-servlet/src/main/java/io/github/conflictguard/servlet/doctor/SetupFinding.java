package io.github.conflictguard.servlet.doctor;

import java.beans.ConstructorProperties;

/** A condition outside of the filter that prevents it from working. Immutable. */
public final class SetupFinding {

  private final String code;
  private final String found;
  private final String cure;

  /** Creates a finding, also for JMX clients. */
  @ConstructorProperties({"code", "found", "cure"})
  public SetupFinding(String code, String found, String cure) {
    this.code = code;
    this.found = found;
    this.cure = cure;
  }

  /** Returns the code of the finding: {@code security-after-guard} and the like. */
  public String getCode() {
    return code;
  }

  /** Returns the description of the problem, with the names of the filters or rules concerned. */
  public String getFound() {
    return found;
  }

  /** Returns the remedy. */
  public String getCure() {
    return cure;
  }

  @Override
  public String toString() {
    return found + ". " + cure + " [" + code + "]";
  }
}
