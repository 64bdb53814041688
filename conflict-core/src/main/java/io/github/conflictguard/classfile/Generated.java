package io.github.conflictguard.classfile;

import java.util.regex.Pattern;

/**
 * Recognizes classes that a framework has generated below one of the application: proxies with
 * interceptors, lazy entities, stubs. The class above has the guard. A second one in front of the
 * interceptors would do something else than what a build does, which does not see such classes.
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
