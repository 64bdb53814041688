package io.github.conflictguard.example.customer;

/** A customer; one that is not stored yet has no {@code id}. */
public record Customer(Long id, String name, String email, String phone) {

  Customer withId(long newId) {
    return new Customer(newId, name, email, phone);
  }
}
