package com.example.orders.web;

import com.example.orders.domain.CustomerData;
import com.example.orders.service.CustomerArchive;
import com.example.orders.service.Methods;
import com.example.orders.service.Shipping;
import lombok.RequiredArgsConstructor;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Methods of every shape. */
@RestController
@RequiredArgsConstructor
public class Shapes {

  private final Methods methods;
  private final Shipping shipping;
  private final CustomerArchive archive;

  @PostMapping("/methods/{kind}")
  public String call(@PathVariable("kind") String kind) throws Exception {
    return methods.call(kind);
  }

  @PostMapping("/sneaky")
  public String sneaky(@RequestParam("failures") int failures) {
    return methods.sneaky(failures);
  }

  @PostMapping("/shipping/ship")
  public String ship() {
    return shipping.ship(1);
  }

  @PostMapping("/shipping/cancel")
  public String cancel() {
    return shipping.cancel(1);
  }

  @PostMapping("/archive")
  public String archive(@RequestParam("failures") int failures) {
    return archive.save(CustomerData.builder().id(7L).build(), failures);
  }
}
