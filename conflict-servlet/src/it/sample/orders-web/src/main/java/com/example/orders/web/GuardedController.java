package com.example.orders.web;

import com.example.orders.domain.AlreadyShipped;
import com.example.orders.domain.Trace;
import io.github.conflictguard.guard.ConflictGuarded;
import lombok.Getter;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The annotation on the class means its handlers, and not what Lombok adds. */
@Getter
@RestController
@RequestMapping("/guarded")
@ConflictGuarded
public class GuardedController {

  private String last = "";

  @PostMapping("/ship")
  public String ship() {
    Trace.note("guarded ship");
    last = "ship";
    throw new AlreadyShipped("shipped long ago");
  }

  @PostMapping("/hidden")
  public String hidden() {
    try {
      return fail();
    } catch (AlreadyShipped e) {
      return "hidden";
    }
  }

  private String fail() {
    throw new AlreadyShipped("not meant by the annotation of the class");
  }
}
