package io.github.conflictguard.servlet.jar;

import io.github.conflictguard.servlet.guarded.Stock;
import java.util.List;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.loading.ByteArrayClassLoader;

/** A build in a class loader that has Byte Buddy and one of the jars, and nothing else. */
public final class PluginRun {

  private PluginRun() {}

  /** Weaves a class by the plugin, calls its annotated method, and returns what this throws. */
  public static Throwable weaveAndCall(String pluginName) throws Exception {
    ClassLoader here = PluginRun.class.getClassLoader();
    Plugin plugin = (Plugin) here.loadClass(pluginName).getConstructor().newInstance();
    Plugin.Engine.Target.InMemory woven = new Plugin.Engine.Target.InMemory();
    new Plugin.Engine.Default()
        .with(ClassFileLocator.ForClassLoader.of(here))
        .apply(
            Plugin.Engine.Source.InMemory.ofTypes(Stock.class),
            woven,
            List.of(new Plugin.Factory.Simple(plugin)));
    Class<?> type =
        new ByteArrayClassLoader.ChildFirst(here, woven.toTypeMap())
            .loadClass(Stock.class.getName());
    try {
      type.getMethod("add", String.class).invoke(type.getConstructor().newInstance(), "article");
      return null;
    } catch (java.lang.reflect.InvocationTargetException e) {
      return e.getCause();
    }
  }
}
