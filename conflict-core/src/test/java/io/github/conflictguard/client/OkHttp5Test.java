package io.github.conflictguard.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.client.CuttingServer.Fate;
import io.github.conflictguard.client.okhttp.OkHttpTransport;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The transport that was compiled against OkHttp 4, with OkHttp 5. */
class OkHttp5Test {

  @Test
  void updatesAndRepeatsNothingByItself() throws Exception {
    try (Loader loader = new Loader();
        CuttingServer server = new CuttingServer(false)) {
      Object client = loader.loadClass("okhttp3.OkHttpClient").getConstructor().newInstance();
      Class<?> type = loader.loadClass(OkHttpTransport.class.getName());
      Transport transport = (Transport) type.getConstructors()[0].newInstance(client);
      ConditionalClient conditional = ConditionalClient.of(transport);
      ClientResponse saved = conditional.update(server.url(), now -> "7".getBytes(UTF_8));
      assertEquals(200, saved.status());
      assertEquals(7, server.number());
      server.next(Fate.CUT_AFTER_EXECUTION);
      ClientRequest post = ClientRequest.of("POST", server.url(), "1".getBytes(UTF_8));
      assertThrows(IOException.class, () -> conditional.send(post));
      assertEquals(8, server.number());
    }
  }

  /** Has OkHttp 5 and the transport, in place of the ones on the class path. */
  private static final class Loader extends URLClassLoader {

    private static final List<String> HERE = List.of("okhttp3.", "okio.", "kotlin.");

    Loader() throws IOException {
      super(jars(), OkHttp5Test.class.getClassLoader());
    }

    private static URL[] jars() throws IOException {
      List<URL> urls = new ArrayList<>();
      try (Stream<Path> jars = Files.list(Path.of("target", "okhttp-5"))) {
        for (Path jar : jars.toList()) {
          urls.add(jar.toUri().toURL());
        }
      }
      return urls.toArray(new URL[0]);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        if (name.startsWith(OkHttpTransport.class.getPackageName() + ".")) {
          try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] code = in.readAllBytes();
            return defineClass(name, code, 0, code.length);
          } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
          }
        }
        return HERE.stream().anyMatch(name::startsWith)
            ? findClass(name)
            : super.loadClass(name, resolve);
      }
    }
  }
}
