package io.github.conflictguard.servlet.clash;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;

/** Somebody with an address that nobody else has. */
@Entity
public class Person {

  @Id private Long id;

  @Column(unique = true)
  private String email;

  /** For Hibernate. */
  protected Person() {}

  Person(long id, String email) {
    this.id = id;
    this.email = email;
  }

  public Long getId() {
    return id;
  }

  public String getEmail() {
    return email;
  }
}
