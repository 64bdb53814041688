package io.github.conflictguard.servlet.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.browser.Browser;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Minifies the module and compiles its types, by tools that run in the browser. */
@Tag("heavy")
class ClientToolsBrowserIT {

  private static final String TERSER = "/META-INF/resources/webjars/terser/5.47.1/dist/";
  private static final String TYPESCRIPT = "/META-INF/resources/webjars/typescript/5.9.3/lib/";

  private static final String MINIFY =
      """
      const done = arguments[arguments.length - 1];
      fetch('/app/portal/client.js').then(response => response.text())
        .then(text => Terser.minify(text, {module: true, compress: {passes: 3}, mangle: true}))
        .then(result => done(result.code), error => done('FAILED ' + error));
      """;

  private static final String COMPILE =
      """
      const done = arguments[arguments.length - 1];
      const files = new Map();
      const load = name => {
        if (!files.has(name)) {
          const request = new XMLHttpRequest();
          request.open('GET', '/app' + name, false);
          request.send();
          files.set(name, request.status == 200 ? request.responseText : undefined);
        }
        return files.get(name);
      };
      const options = {strict: true, noEmit: true, target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
        allowJs: true, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts']};
      const host = {
        getSourceFile: (name, language) => {
          const text = load(name);
          return text === undefined ? undefined : ts.createSourceFile(name, text, language);
        },
        getDefaultLibFileName: () => '/tsc/lib.es2022.d.ts',
        getDefaultLibLocation: () => '/tsc',
        writeFile: () => {},
        getCurrentDirectory: () => '/',
        getCanonicalFileName: name => name,
        useCaseSensitiveFileNames: () => true,
        getNewLine: () => '\\n',
        fileExists: name => load(name) !== undefined,
        readFile: load,
        directoryExists: name => name.startsWith('/portal') || name.startsWith('/tsc'),
        getDirectories: () => [],
      };
      const program = ts.createProgram(['/portal/usage.ts'], options, host);
      done(ts.getPreEmitDiagnostics(program).map(problem =>
        (problem.file ? problem.file.fileName + ':' + problem.start + ' ' : '')
          + ts.flattenDiagnosticMessageText(problem.messageText, ' ')).join('\\n'));
      """;

  /** If it fails, client.min.js is to be replaced by the file that it has written. */
  @Test
  void servedModuleIsTheMinifiedSource() throws Exception {
    String minified = run("terser", MINIFY);
    Path made = Path.of("target", "client.min.js");
    Files.createDirectories(made.getParent());
    Files.writeString(made, minified + "\n");
    String served = new String(Document.ofFile("client.min.js", "").body(), StandardCharsets.UTF_8);
    assertEquals(minified, served.trim(), "client.min.js is to be replaced by " + made);
  }

  @Test
  void typesCompileAndRejectWrongUse() throws Exception {
    assertEquals("", run("typescript", COMPILE));
  }

  private static String run(String tool, String script) throws Exception {
    try (FilterServer server = new FilterServer()) {
      server
          .handle(
              "/terser",
              (request, response) ->
                  ClientScriptPage.page(response, "<script src=terser.js></script>"))
          .handle(
              "/typescript",
              (request, response) ->
                  ClientScriptPage.page(response, "<script src=tsc/typescript.js></script>"))
          .handle("/terser.js", (request, response) -> send(TERSER + "bundle.min.js", response))
          .handle("/tsc/*", (request, response) -> send(TYPESCRIPT + name(request), response))
          .handle(
              "/portal/*",
              (request, response) ->
                  send("/io/github/conflictguard/servlet/portal/" + name(request), response))
          .start();
      try (Browser browser = Browser.start()) {
        browser.driver().manage().timeouts().scriptTimeout(Duration.ofMinutes(3));
        browser.open("http://127.0.0.1:" + server.port() + "/app/" + tool);
        return (String) browser.driver().executeAsyncScript(script);
      }
    }
  }

  private static String name(HttpServletRequest request) {
    return request.getPathInfo().substring(1);
  }

  private static void send(String file, HttpServletResponse response) throws IOException {
    try (InputStream in = ClientToolsBrowserIT.class.getResourceAsStream(file)) {
      if (in == null) {
        response.setStatus(404);
        return;
      }
      response.setContentType(file.endsWith(".js") ? "text/javascript" : "text/plain");
      response.setCharacterEncoding("UTF-8");
      in.transferTo(response.getOutputStream());
    }
  }
}
