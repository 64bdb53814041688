package com.example.orders.domain;

import lombok.AllArgsConstructor;
import lombok.Builder;
import lombok.Data;
import lombok.NoArgsConstructor;

/** What clients send and get. */
@Data
@Builder
@NoArgsConstructor
@AllArgsConstructor
public class CustomerData {

  private Long id;
  private String name;
  private String email;
  private int version;
}
