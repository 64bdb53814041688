package io.github.conflictguard.servlet.console.section;

/** The short form of a method's name, for tables. */
final class MethodName {

  private MethodName() {}

  /**
   * Returns the class and the method without package and parameters: {@code CustomersApi#post} for
   * {@code com.example.CustomersApi#post(Request)}. Returns anything else as it is.
   */
  static String shortened(String text) {
    int method = text.indexOf('#');
    int parameters = text.indexOf('(', method + 1);
    if (method < 0 || parameters < 0 || !text.endsWith(")")) {
      return text;
    }
    String type = text.substring(0, method);
    for (int i = 0; i < type.length(); i++) {
      if (!Character.isJavaIdentifierPart(type.charAt(i)) && type.charAt(i) != '.') {
        return text;
      }
    }
    return type.substring(type.lastIndexOf('.') + 1) + text.substring(method, parameters);
  }
}
