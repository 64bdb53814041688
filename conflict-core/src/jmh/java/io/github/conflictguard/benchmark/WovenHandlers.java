package io.github.conflictguard.benchmark;

import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.loadtime.LoadTimeWeaver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aopalliance.intercept.MethodInterceptor;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.tools.ajc.Main;
import org.springframework.aop.framework.ProxyFactory;

/** The same handler behind a guard of each sort. */
final class WovenHandlers {

  private WovenHandlers() {}

  static Handler woven() throws Exception {
    return mapping(woven(GuardedHandler.class));
  }

  static Handler retrying() throws Exception {
    return mapping(woven(RetryingHandler.class));
  }

  static Handler recovering() throws Exception {
    Handler handler = woven(RecoveringHandler.class);
    if (handler.handle(-1) != 1) {
      throw new IllegalStateException("It does not recover");
    }
    return handler;
  }

  private static Handler woven(Class<? extends Handler> type) throws Exception {
    OneClass loader = new OneClass(type.getName());
    loader.classFile = classFile(type);
    if (!LoadTimeWeaver.throughContainer(loader, List.of(), System.err::println)) {
      throw new IllegalStateException("The loader was refused");
    }
    return loader.instance();
  }

  static Handler jdkProxy() throws Exception {
    Handler target = new PlainHandler();
    return mapping(
        (Handler)
            Proxy.newProxyInstance(
                Handler.class.getClassLoader(),
                new Class<?>[] {Handler.class},
                (proxy, method, arguments) -> {
                  try {
                    return method.invoke(target, arguments);
                  } catch (InvocationTargetException e) {
                    throw ConflictGuard.translate(e.getCause());
                  }
                }));
  }

  static Handler spring(boolean ofClass) throws Exception {
    ProxyFactory proxies = new ProxyFactory(new PlainHandler());
    proxies.setProxyTargetClass(ofClass);
    proxies.addAdvice(
        (MethodInterceptor)
            call -> {
              try {
                return call.proceed();
              } catch (Throwable e) {
                throw ConflictGuard.translate(e);
              }
            });
    return mapping((Handler) proxies.getProxy(Handler.class.getClassLoader()));
  }

  static Handler aspectJ(Class<? extends Handler> type) throws Exception {
    Path folder = Files.createTempDirectory("aspectj");
    Path in = copy(folder.resolve("in"), type);
    Path aspects = copy(folder.resolve("aspects"), MappingAspect.class);
    MessageHandler messages = new MessageHandler(true);
    new Main()
        .run(
            new String[] {
              "-17",
              "-proc:none",
              "-inpath",
              in.toString(),
              "-aspectpath",
              aspects.toString(),
              "-classpath",
              System.getProperty("java.class.path"),
              "-d",
              folder.resolve("out").toString()
            },
            messages);
    // The aspect has to be woven as well, to have the method by which its instance is got.
    new Main()
        .run(
            new String[] {
              "-17",
              "-proc:none",
              "-inpath",
              aspects.toString(),
              "-classpath",
              System.getProperty("java.class.path"),
              "-d",
              folder.resolve("out").toString()
            },
            messages);
    OneClass loader = new OneClass(type.getName(), MappingAspect.class.getName());
    loader.folder = folder.resolve("out");
    return mapping(loader.instance());
  }

  /** Shows that what is measured guards. */
  private static Handler mapping(Handler handler) throws Exception {
    try {
      handler.handle(-1);
    } catch (Exception e) {
      if (e.getClass().getSimpleName().equals("ConflictException")) {
        return handler;
      }
      throw e;
    }
    throw new IllegalStateException("Nothing was thrown");
  }

  private static Path copy(Path folder, Class<?> type) throws IOException {
    Path file = folder.resolve(type.getName().replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    return Files.write(file, classFile(type)).getFileSystem().getPath(folder.toString());
  }

  static byte[] classFile(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      return in.readAllBytes();
    }
  }

  /** Loads a few classes, and those inside of them, in another way than the loader above it. */
  public static final class OneClass extends ClassLoader {

    private final List<String> names;
    private ClassFileTransformer transformer;
    private byte[] classFile;
    private Path folder;

    OneClass(String... names) {
      super(WovenHandlers.class.getClassLoader());
      this.names = List.of(names);
    }

    /** As the loaders of containers have it. */
    public void addTransformer(ClassFileTransformer added) {
      transformer = added;
    }

    ClassFileTransformer transformer() {
      return transformer;
    }

    Handler instance() throws ReflectiveOperationException {
      return (Handler) loadClass(names.get(0)).getConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      int nested = name.indexOf('$');
      if (!names.contains(nested < 0 ? name : name.substring(0, nested))) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      try {
        byte[] bytes =
            folder == null
                ? classFile
                : Files.readAllBytes(folder.resolve(name.replace('.', '/') + ".class"));
        byte[] woven =
            transformer == null ? null : transformer.transform(this, name, null, null, bytes);
        byte[] defined = woven == null ? bytes : woven;
        return defineClass(name, defined, 0, defined.length);
      } catch (IOException | IllegalClassFormatException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
