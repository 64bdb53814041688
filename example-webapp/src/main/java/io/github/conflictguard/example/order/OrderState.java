package io.github.conflictguard.example.order;

/** How far an order has come. */
public enum OrderState {
  NEW,
  SHIPPED
}
