package io.github.conflictguard.example.order;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.ConflictException;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/**
 * An order of a number of pieces of an item by a customer. JPA counts its changes in {@code
 * version}.
 */
@Entity
@Table(name = "orders")
@JsonPropertyOrder({"id", "customerId", "item", "quantity", "state", "version"})
public class Order {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "customer_id")
  private Long customerId;

  private String item;

  private Integer quantity;

  @Enumerated(EnumType.STRING)
  private OrderState state = OrderState.NEW;

  @Version private int version;

  @Column(name = "changed_at")
  private Instant changedAt;

  /** Required by JPA. */
  protected Order() {}

  /** Creates an order that is not stored yet. */
  public Order(Long customerId, String item, Integer quantity) {
    this.customerId = customerId;
    this.item = item;
    this.quantity = quantity;
  }

  /**
   * Returns a detached order: this one with other contents, edited by a user based on that version.
   */
  Order edited(Long newCustomerId, String newItem, Integer newQuantity, int seenVersion) {
    Order edited = new Order(newCustomerId, newItem, newQuantity);
    edited.id = id;
    edited.state = state;
    edited.version = seenVersion;
    return edited;
  }

  @PrePersist
  @PreUpdate
  void noteChange() {
    changedAt = Instant.now();
  }

  /** Ships the order, which is possible only once. */
  void ship() {
    if (state == OrderState.SHIPPED) {
      throw new ConflictException(ConflictKind.WRONG_STATE, "order " + id + " is already shipped");
    }
    state = OrderState.SHIPPED;
  }

  public Long getId() {
    return id;
  }

  public Long getCustomerId() {
    return customerId;
  }

  public String getItem() {
    return item;
  }

  public Integer getQuantity() {
    return quantity;
  }

  public OrderState getState() {
    return state;
  }

  public int getVersion() {
    return version;
  }
}
