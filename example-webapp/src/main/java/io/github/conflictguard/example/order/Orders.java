package io.github.conflictguard.example.order;

import io.github.conflictguard.example.web.ClientErrorException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.util.List;
import java.util.function.Function;

/**
 * The orders, stored by JPA. Each method is one transaction.
 *
 * <p>An unknown identifier results in a 404 response.
 */
public final class Orders {

  private final EntityManagerFactory entityManagers;

  public Orders(EntityManagerFactory entityManagers) {
    this.entityManagers = entityManagers;
  }

  /** Returns all orders in the order of their identifiers. */
  public List<Order> all() {
    return inTransaction(
        entities ->
            entities
                .createQuery("select o from Order o order by o.id", Order.class)
                .getResultList());
  }

  /** Returns the order with that identifier. */
  public Order get(long id) {
    return inTransaction(entities -> find(entities, id));
  }

  /** Stores a new order. */
  public Order add(Order order) {
    return inTransaction(
        entities -> {
          entities.persist(order);
          return order;
        });
  }

  /** Stores an edited order; JPA rejects it if its version is no longer the stored one. */
  public Order replace(Order edited) {
    return inTransaction(entities -> entities.merge(edited));
  }

  /** Removes the order. */
  public void remove(long id) {
    inTransaction(
        entities -> {
          entities.remove(find(entities, id));
          return null;
        });
  }

  /** Marks the order as shipped. */
  public Order ship(long id) {
    return inTransaction(
        entities -> {
          Order order = find(entities, id);
          order.ship();
          return order;
        });
  }

  private static Order find(EntityManager entities, long id) {
    Order order = entities.find(Order.class, id);
    if (order == null) {
      throw ClientErrorException.notFound("there is no order " + id);
    }
    return order;
  }

  private <T> T inTransaction(Function<EntityManager, T> work) {
    try (EntityManager entities = entityManagers.createEntityManager()) {
      EntityTransaction transaction = entities.getTransaction();
      transaction.begin();
      try {
        T result = work.apply(entities);
        transaction.commit();
        return result;
      } finally {
        if (transaction.isActive()) {
          transaction.rollback();
        }
      }
    }
  }
}
