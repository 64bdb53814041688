package io.github.conflictguard.servlet.clash;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;

/** Makes a class by Byte Buddy. */
public final class MadeClass extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Library.name(response, ByteBuddy.class);
    try {
      Object made =
          new ByteBuddy(ClassFileVersion.JAVA_V8)
              .subclass(Object.class)
              .method(ElementMatchers.named("toString"))
              .intercept(FixedValue.value("made"))
              .make()
              .load(getClass().getClassLoader())
              .getLoaded()
              .getConstructor()
              .newInstance();
      response.getWriter().print(made);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
