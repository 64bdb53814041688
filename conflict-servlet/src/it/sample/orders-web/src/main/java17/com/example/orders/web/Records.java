package com.example.orders.web;

import com.example.orders.service.Meeting;
import com.example.orders.domain.AlreadyShipped;
import com.example.orders.domain.Trace;
import io.github.conflictguard.guard.ConflictGuarded;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Records as arguments, and as classes that are guarded. */
@RestController
@RequestMapping("/records")
public class Records {

  /** Its accessor is no method that the annotation means. */
  @ConflictGuarded
  record Shipment(String id) {

    public String send() {
      Trace.note("send " + id);
      throw new AlreadyShipped(id);
    }
  }

  @PostMapping("/meet")
  public String meet(@RequestBody Shipment shipment) throws Exception {
    return Meeting.of(() -> alone(shipment), () -> alone(new Shipment(shipment.id())));
  }

  @PostMapping("/send")
  public String send(@RequestBody Shipment shipment) {
    return switch (shipment.id()) {
      case "" -> throw new IllegalArgumentException("no id");
      default -> shipment.send();
    };
  }

  @ConflictGuarded(lock = "shipment/{shipment.id}")
  private String alone(Shipment shipment) {
    Meeting.attend();
    return shipment.id();
  }
}
