package io.github.conflictguard.classfile;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The methods to which {@code @ConflictGuarded} on a type applies: public instance methods, and
 * non-public ones that handle a request, such as {@code doPost} of a servlet; but not accessors,
 * nor the methods of {@code Object}.
 */
final class MeantByType {

  /** A single string for both: the build that renames the API in a jar must not match it. */
  private static final Pattern OF_SERVLET_API = Pattern.compile("(javax|jakarta)\\.servlet\\..*");

  private static final Set<String> OF_EVERY_OBJECT =
      new HashSet<>(
          Arrays.asList(
              "equals(Ljava/lang/Object;)Z",
              "hashCode()I",
              "toString()Ljava/lang/String;",
              "clone()Ljava/lang/Object;",
              "finalize()V",
              "compareTo(Ljava/lang/Object;)I"));

  private MeantByType() {}

  static boolean is(MethodOutline method) {
    return method.isMethod()
        && !method.isStatic()
        && !method.isAccessor()
        && !OF_EVERY_OBJECT.contains(method.name() + method.descriptor())
        && (method.isPublic() || (!method.isPrivate() && handlesRequest(method)));
  }

  /** Returns why the annotation on this type has no effect; null if it has one. */
  static String obstacle() {
    return "the annotation on the class guards no method; it means public instance methods and"
        + " methods that take an HttpServletRequest and an HttpServletResponse, but neither"
        + " accessors nor static, private or other protected methods; annotate the methods";
  }

  /** Returns whether a type belongs to the Servlet API, in either of its namespaces. */
  static boolean isOfServletApi(String type) {
    return OF_SERVLET_API.matcher(type).matches();
  }

  private static boolean handlesRequest(MethodOutline method) {
    boolean request = false;
    boolean response = false;
    for (String type : method.parameterTypes()) {
      request |= isOfServlets(type, "Request");
      response |= isOfServlets(type, "Response");
    }
    return request && response;
  }

  private static boolean isOfServlets(String type, String what) {
    return isOfServletApi(type)
        && (type.endsWith(".http.HttpServlet" + what) || type.endsWith(".Servlet" + what));
  }
}
