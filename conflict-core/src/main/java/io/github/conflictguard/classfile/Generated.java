package io.github.conflictguard.classfile;

import java.util.regex.Pattern;

/**
 * Detects classes that a framework generates as subclasses of application classes: proxies with
 * interceptors, lazy entities, stubs. The superclass has the guard. A second guard outside the
 * interceptors would differ from the result of a build, which does not process such classes.
 */
final class Generated {

  /**
   * CGLIB, Spring, Guice and OpenWebBeans; Javassist and Weld; Hibernate; Byte Buddy and Mockito;
   * OpenEJB; JBoss; GlassFish; Quarkus; WebSphere; the JDK.
   */
  private static final Pattern NAMES =
      Pattern.compile(
          ".*("
              + "\\$\\$(EnhancerBy|FastClassBy|SpringCGLIB\\$\\$|Owb|LocalBeanProxy|\\$view\\d)"
              + "|_\\$\\$_|\\$HibernateProxy|\\$HibernateInstantiator|\\$ByteBuddy\\$|\\$MockitoMock\\$"
              + "|_ClientProxy$|_Subclass$|\\$\\$Proxy"
              + ").*"
              + "|.*/(__EJB3[0-9]_Generated__|EJSLocal|EJSRemote|\\$Proxy\\d).*"
              + "|\\$Proxy\\d+");

  private Generated() {}

  static boolean is(ClassOutline type) {
    return type.isSynthetic() || NAMES.matcher(type.internalName()).matches();
  }
}
