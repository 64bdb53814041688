package io.github.conflictguard.example.order;

/** The states of an order. */
public enum OrderState {
  NEW,
  SHIPPED
}
