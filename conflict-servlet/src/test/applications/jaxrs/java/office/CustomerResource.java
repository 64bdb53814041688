package office;

import java.net.URI;
import java.sql.SQLException;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.NotFoundException;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Response;

/** Customers as JSON, without a word of entity tags. */
@Path("customers")
@Produces("application/json")
@Consumes("application/json")
public class CustomerResource {

  @GET
  @Path("{id}")
  public String get(@PathParam("id") int id) {
    Customer customer = Customers.get(id);
    if (customer == null) {
      throw new NotFoundException();
    }
    return json(customer);
  }

  @PUT
  @Path("{id}")
  public String put(@PathParam("id") int id, String body) throws SQLException {
    Customer customer = read(body);
    Customers.store(id, customer);
    return json(customer);
  }

  @POST
  public Response post(String body) throws SQLException {
    Integer id = Customers.add(read(body));
    return Response.created(URI.create("customers/" + id)).entity(json(Customers.get(id))).build();
  }

  @DELETE
  @Path("{id}")
  public void delete(@PathParam("id") int id) {
    Customers.remove(id);
  }

  private static String json(Customer customer) {
    return "{\"name\":\"" + customer.getName() + "\",\"phone\":\"" + customer.getPhone() + "\"}";
  }

  private static Customer read(String json) {
    Customer customer = new Customer();
    customer.setName(json.replaceFirst(".*\"name\":\"([^\"]*)\".*", "$1"));
    customer.setPhone(json.replaceFirst(".*\"phone\":\"([^\"]*)\".*", "$1"));
    return customer;
  }
}
