package com.example.orders.domain;

import lombok.AllArgsConstructor;
import lombok.Getter;
import lombok.experimental.Accessors;

/** Its accessors have no prefix. */
@Getter
@Accessors(fluent = true)
@AllArgsConstructor
public final class Renaming {

  private final CustomerData customer;
  private final String name;
}
