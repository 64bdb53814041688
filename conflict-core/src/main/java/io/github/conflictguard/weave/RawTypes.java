package io.github.conflictguard.weave;

import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;

/**
 * Makes Byte Buddy believe descriptors and not generic signatures, which some compilers (Scala 2.9)
 * write wrongly, so that the verifier refuses the woven class.
 *
 * <p>It is a switch for the whole of Byte Buddy, so only the agent's own copy is switched: another
 * one may belong to the application as well. Byte Buddy reads it once.
 */
final class RawTypes {

  private static final String SWITCH = TypeDefinition.RAW_TYPES_PROPERTY;

  private RawTypes() {}

  /** Whether descriptors are believed now. */
  static synchronized boolean preferIfOwn() {
    // The name is put together here, or the relocation would change it as well.
    boolean own = !TypeDefinition.class.getName().startsWith(String.join(".", "net", "bytebuddy"));
    if (!own || System.getProperty(SWITCH) != null) {
      return TypeDescription.AbstractBase.RAW_TYPES;
    }
    System.setProperty(SWITCH, "true");
    try {
      return TypeDescription.AbstractBase.RAW_TYPES;
    } finally {
      System.clearProperty(SWITCH);
    }
  }
}
