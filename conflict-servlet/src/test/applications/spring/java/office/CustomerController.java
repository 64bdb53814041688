package office;

import java.sql.SQLException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** The pages of customers. */
@Controller
@RequestMapping("/customers")
public class CustomerController {

  @ResponseBody
  @GetMapping(produces = "text/html")
  public String list() {
    return "<!DOCTYPE html><title>Customers</title><h1>Customers</h1>";
  }

  @ModelAttribute("customer")
  public Customer customer(@PathVariable(name = "id", required = false) Integer id) {
    if (id == null) {
      return new Customer();
    }
    Customer found = Customers.get(id);
    if (found == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return found;
  }

  @GetMapping("/{id}/edit")
  public String edit() {
    return "customer";
  }

  @GetMapping("/new")
  public String create() {
    return "customer";
  }

  @PostMapping(path = {"/{id}/edit", "/new"}, params = "_cancel")
  public String cancel() {
    return "redirect:/customers";
  }

  @PostMapping("/{id}/edit")
  public String save(
      @PathVariable("id") Integer id,
      @ModelAttribute("customer") Customer customer,
      BindingResult mistakes)
      throws SQLException {
    if (customer.getName().isEmpty()) {
      mistakes.rejectValue("name", "missing", "is missing");
      return "customer";
    }
    Customers.store(id, customer);
    return "redirect:/customers";
  }

  @PostMapping("/new")
  public String add(@ModelAttribute("customer") Customer customer, BindingResult mistakes)
      throws SQLException {
    if (customer.getName().isEmpty()) {
      mistakes.rejectValue("name", "missing", "is missing");
      return "customer";
    }
    Customers.add(customer);
    return "redirect:/customers";
  }

  @PostMapping("/{id}/delete")
  public String delete(@PathVariable("id") Integer id) {
    Customers.remove(id);
    return "redirect:/customers";
  }
}
