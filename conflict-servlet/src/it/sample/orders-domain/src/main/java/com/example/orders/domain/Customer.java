package com.example.orders.domain;

import io.github.conflictguard.guard.ConflictGuarded;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.Setter;

@Entity
@Getter
@Setter
@NoArgsConstructor
public class Customer {

  @Id private Long id;

  private String name;

  @Column(unique = true)
  private String email;

  @Version private int version;

  /** Called through Hibernate's proxy of an entity that is not loaded yet. */
  @ConflictGuarded(lock = "customer/{this.id}")
  public void renameOnly(String name) {
    Trace.note("rename " + id);
    if (name.isEmpty()) {
      throw new AlreadyShipped("customer " + id + " keeps its name");
    }
    this.name = name;
  }
}
