package com.example.orders.service;

import com.example.orders.domain.Customer;
import com.example.orders.domain.CustomerData;
import com.example.orders.domain.CustomerMapper;
import com.example.orders.domain.Order;
import com.example.orders.domain.Trace;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Each method is one transaction, and many conflicts come up at its commit. No guards here. */
@Repository
@Transactional
public class Store {

  @PersistenceContext private EntityManager entities;

  public void clear() {
    entities.createQuery("delete from Order").executeUpdate();
    entities.createQuery("delete from Customer").executeUpdate();
    for (long id = 1; id <= 3; id++) {
      entities.persist(
          CustomerMapper.INSTANCE.toEntity(
              CustomerData.builder().id(id).name("name " + id).email(id + "@example.com").build()));
    }
    entities.persist(new Order(1L, entities.getReference(Customer.class, 1L), "open", 0));
  }

  public CustomerData add(CustomerData data) {
    noteEnd("add");
    Customer customer = CustomerMapper.INSTANCE.toEntity(data);
    entities.persist(customer);
    return CustomerMapper.INSTANCE.toData(customer);
  }

  /** Compares the version that the client has seen with the stored one. */
  public void change(CustomerData data) {
    noteEnd("change");
    entities.merge(CustomerMapper.INSTANCE.toEntity(data));
  }

  public void rename(long id, String name) {
    noteEnd("rename");
    entities.find(Customer.class, id).setName(name);
  }

  /** Renames a customer that has changed since it was read here: the commit fails. */
  public void renameAfter(long id, String name, Runnable other) {
    noteEnd("rename");
    Customer customer = entities.find(Customer.class, id);
    other.run();
    customer.setName(name);
  }

  public void renameByProxy(long id, String name) {
    entities.getReference(Customer.class, id).renameOnly(name);
  }

  public void remove(long id) {
    noteEnd("remove");
    entities.remove(entities.find(Customer.class, id));
  }

  public void order(long id, long customer) {
    noteEnd("order");
    entities
        .createNativeQuery("insert into orders (id, customer_id, state, version) values (?, ?, 'open', 0)")
        .setParameter(1, id)
        .setParameter(2, customer)
        .executeUpdate();
  }

  public String state(long order) {
    return entities.find(Order.class, order).getState();
  }

  public void setState(long order, String state) {
    entities.find(Order.class, order).setState(state);
  }

  @Transactional(readOnly = true)
  public CustomerData find(long id) {
    Customer customer = entities.find(Customer.class, id);
    return customer == null ? null : CustomerMapper.INSTANCE.toData(customer);
  }

  static void noteEnd(String work) {
    Trace.note(work);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            Trace.note(status == STATUS_COMMITTED ? "commit" : "rollback");
          }
        });
  }
}
