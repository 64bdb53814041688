package io.github.conflictguard.weave;

import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;

/**
 * Makes Byte Buddy use descriptors instead of generic signatures, which some compilers (Scala 2.9)
 * write incorrectly, so that the verifier rejects the woven class.
 *
 * <p>The switch applies to all of Byte Buddy, so only the agent's own copy is switched: another
 * copy may be used by the application as well. Byte Buddy reads it once.
 */
final class RawTypes {

  private static final String SWITCH = TypeDefinition.RAW_TYPES_PROPERTY;

  private RawTypes() {}

  /** Returns whether descriptors are used from now on. */
  static synchronized boolean preferIfOwn() {
    // The name is assembled here, because the relocation would change it otherwise.
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
