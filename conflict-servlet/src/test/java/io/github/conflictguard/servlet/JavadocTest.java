package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compiler checks comments that exist; this finds those that are missing. */
class JavadocTest {

  private static final List<Path> MODULES =
      List.of(Path.of("src/main/java"), Path.of("../conflict-core/src/main/java"));

  @Test
  void everythingPublicIsDescribed() throws IOException {
    assertEquals(List.of(), undescribed(sources(false)));
  }

  @Test
  void everyPackageIsDescribed() throws IOException {
    List<Path> descriptions = sources(true);
    assertEquals(List.of(), undescribed(descriptions));
    Set<Path> described = folders(descriptions);
    Set<Path> packages = folders(sources(false));
    packages.removeAll(described);
    assertEquals(Set.of(), packages);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public interface X {}",
        "/** Is. */ public class X { public void run() {} }",
        "/** Is. */ public class X { protected int field; }",
        "/** Is. */ public enum X { ONE }",
        "/** Is. */ public interface X { void run(); }",
        "/** Is. */ public class X { public static class Y {} }",
      })
  void whatIsNotDescribedIsFound(String source) throws IOException {
    Path file = Files.createTempFile("X", ".java");
    try {
      Files.writeString(file, source);
      assertEquals(1, undescribed(List.of(file)).size(), source);
    } finally {
      Files.delete(file);
    }
  }

  private static List<Path> sources(boolean ofPackages) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path module : MODULES) {
      try (Stream<Path> files = Files.walk(module)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> file.endsWith("package-info.java") == ofPackages)
            .forEach(sources::add);
      }
    }
    assertTrue(sources.size() > 10);
    return sources;
  }

  private static Set<Path> folders(List<Path> files) {
    return files.stream().map(Path::getParent).collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> undescribed(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null,
                null,
                null,
                List.of("-proc:none"),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(paths(files)));
    DocTrees comments = DocTrees.instance(task);
    List<String> undescribed = new ArrayList<>();
    for (CompilationUnitTree file : task.parse()) {
      new Undescribed(comments, undescribed).scan(file, null);
    }
    return undescribed;
  }

  private static Path[] paths(List<Path> files) {
    return files.toArray(Path[]::new);
  }

  /** Goes through what other packages see. Constructors are described by their class. */
  private static final class Undescribed extends TreePathScanner<Void, Void> {

    private final DocTrees comments;
    private final List<String> found;

    Undescribed(DocTrees comments, List<String> found) {
      this.comments = comments;
      this.found = found;
    }

    @Override
    public Void visitPackage(PackageTree declared, Void none) {
      CompilationUnitTree file = getCurrentPath().getCompilationUnit();
      if (file.getSourceFile().getName().endsWith("package-info.java")) {
        check(declared.getPackageName());
      }
      return null;
    }

    @Override
    public Void visitClass(ClassTree type, Void none) {
      if (!isVisible(type.getModifiers())) {
        return null;
      }
      check(type.getSimpleName());
      return super.visitClass(type, none);
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
      if (isVisible(method.getModifiers()) && !overrides && method.getReturnType() != null) {
        check(method.getName());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void none) {
      if (isVisible(field.getModifiers())) {
        check(field.getName());
      }
      return null;
    }

    private boolean isVisible(ModifiersTree modifiers) {
      Set<Modifier> flags = modifiers.getFlags();
      TreePath above = getCurrentPath().getParentPath();
      boolean inInterface =
          above.getLeaf().getKind() == Tree.Kind.INTERFACE
              || above.getLeaf().getKind() == Tree.Kind.ANNOTATION_TYPE;
      return inInterface || flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
    }

    private void check(Object name) {
      if (comments.getDocCommentTree(getCurrentPath()) == null) {
        found.add(getCurrentPath().getCompilationUnit().getSourceFile().getName() + ": " + name);
      }
    }
  }
}
