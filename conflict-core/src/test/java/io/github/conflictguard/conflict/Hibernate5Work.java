package io.github.conflictguard.conflict;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;

/**
 * Provokes exceptions of Hibernate 5; runs in a class loader that has it. Answers with the thrown.
 */
public final class Hibernate5Work implements Function<String, Throwable> {

  private final EntityManagerFactory factory;

  private final Map<String, Consumer<EntityManager>> work =
      Map.of(
          "same key", em -> em.persist(new OldVersioned(1, "other")),
          "same name", em -> em.persist(new OldVersioned(3, "one")),
          "parent removed", em -> em.remove(em.find(OldVersioned.class, 1)),
          "parent not there",
              em ->
                  em.createNativeQuery("update OldVersioned set parent_id = 99 where id = 2")
                      .executeUpdate(),
          "changed by another",
              em -> {
                em.find(OldVersioned.class, 1).name = "mine";
                inTransaction(other -> other.find(OldVersioned.class, 1).name = "theirs");
              },
          "null",
              em ->
                  em.createNativeQuery("insert into OldVersioned (id) values (null)")
                      .executeUpdate(),
          "persisted twice",
              em -> {
                em.find(OldVersioned.class, 1);
                em.persist(new OldVersioned(1, "second instance"));
              });

  public Hibernate5Work(Supplier<Object> sessionFactory) {
    factory = (EntityManagerFactory) sessionFactory.get();
    inTransaction(
        em -> {
          OldVersioned one = new OldVersioned(1, "one");
          OldVersioned two = new OldVersioned(2, "two");
          two.parent = one;
          em.persist(one);
          em.persist(two);
        });
  }

  @Override
  public Throwable apply(String name) {
    try {
      inTransaction(work.get(name));
      return null;
    } catch (RuntimeException thrown) {
      return thrown;
    }
  }

  private void inTransaction(Consumer<EntityManager> transaction) {
    EntityManager em = factory.createEntityManager();
    try {
      em.getTransaction().begin();
      transaction.accept(em);
      em.getTransaction().commit();
    } finally {
      if (em.getTransaction().isActive()) {
        em.getTransaction().rollback();
      }
      em.close();
    }
  }
}
