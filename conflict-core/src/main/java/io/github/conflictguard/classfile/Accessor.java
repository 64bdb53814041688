package io.github.conflictguard.classfile;

/**
 * Detects methods that only read or only set a field, by their code (JVMS 6.5): getters, setters,
 * and the accessors that the compiler generates for the components of a record.
 */
final class Accessor {

  /** The maximum length of such code, in bytes: a setter that returns its object. */
  static final int LONGEST = 7;

  private static final int ALOAD_0 = 0x2A;
  private static final int ALOAD_1 = 0x2B;
  private static final int ILOAD_1 = 0x1B;
  private static final int LLOAD_1 = 0x1F;
  private static final int FLOAD_1 = 0x23;
  private static final int DLOAD_1 = 0x27;
  private static final int IRETURN = 0xAC;
  private static final int ARETURN = 0xB0;
  private static final int RETURN = 0xB1;
  private static final int GETFIELD = 0xB4;
  private static final int PUTFIELD = 0xB5;

  private Accessor() {}

  static boolean isOne(byte[] code) {
    return isGetter(code) || isSetter(code);
  }

  private static boolean isGetter(byte[] code) {
    return code.length == 5
        && at(code, 0) == ALOAD_0
        && at(code, 1) == GETFIELD
        && at(code, 4) >= IRETURN
        && at(code, 4) <= ARETURN;
  }

  private static boolean isSetter(byte[] code) {
    if (code.length < 6
        || at(code, 0) != ALOAD_0
        || !isLoadOfParameter(at(code, 1))
        || at(code, 2) != PUTFIELD) {
      return false;
    }
    return code.length == 6
        ? at(code, 5) == RETURN
        : code.length == 7 && at(code, 5) == ALOAD_0 && at(code, 6) == ARETURN;
  }

  private static boolean isLoadOfParameter(int opcode) {
    return opcode == ALOAD_1
        || opcode == ILOAD_1
        || opcode == LLOAD_1
        || opcode == FLOAD_1
        || opcode == DLOAD_1;
  }

  private static int at(byte[] code, int place) {
    return code[place] & 0xFF;
  }
}
