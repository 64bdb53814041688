package io.github.conflictguard.conflict;

import jakarta.persistence.PersistenceException;
import jakarta.persistence.RollbackException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.eclipse.persistence.exceptions.DatabaseException;

/** What stands between applications and drivers and chooses the classes of exceptions. */
final class Translators {

  static final String NONE = "no translator";

  private Translators() {}

  /** By name; each takes a product's name and a driver's exception. */
  static Map<String, BiFunction<String, SQLException, Throwable>> all()
      throws IOException, ReflectiveOperationException {
    Map<String, BiFunction<String, SQLException, Throwable>> all = new LinkedHashMap<>();
    all.put(NONE, (product, drivers) -> drivers);
    ClassLoader spring5 = new ChildFirst(List.of("spring-5"), SpringTranslation.class);
    for (String kind : List.of("codes", "classes", "states")) {
      all.put("Spring 6, " + kind, new SpringTranslation(kind));
      all.put("Spring 5, " + kind, loadedBy(spring5, SpringTranslation.class, kind));
    }
    ClassLoader hibernate5 =
        new ChildFirst(List.of("hibernate-5", "spring-5"), HibernateTranslation.class);
    for (String outermost : List.of("alone", "jpa", "spring")) {
      all.put("Hibernate 6, " + outermost, new HibernateTranslation(outermost));
      all.put(
          "Hibernate 5, " + outermost, loadedBy(hibernate5, HibernateTranslation.class, outermost));
    }
    all.put("OpenJPA", new OpenJpaTranslation());
    all.put("EclipseLink", Translators::eclipseLink);
    all.put("Ebean", new EbeanTranslation(new ChildFirst(List.of("ebean"))));
    return all;
  }

  private static Throwable eclipseLink(String product, SQLException drivers) {
    return new RollbackException(new PersistenceException(DatabaseException.sqlException(drivers)));
  }

  private static BiFunction<String, SQLException, Throwable> loadedBy(
      ClassLoader loader, Class<?> type, String argument) throws ReflectiveOperationException {
    @SuppressWarnings("unchecked")
    BiFunction<String, SQLException, Throwable> translation =
        (BiFunction<String, SQLException, Throwable>)
            loader.loadClass(type.getName()).getConstructor(String.class).newInstance(argument);
    return translation;
  }
}
