INSERT INTO customer (name, email, phone) VALUES
  ('Ada Lovelace', 'ada@example.org', '+44 20 7946 0001'),
  ('Grace Hopper', 'grace@example.org', NULL),
  ('Edsger Dijkstra', 'edsger@example.org', NULL);

INSERT INTO orders (customer_id, item, quantity, state, version) VALUES
  (1, 'Punched cards', 500, 'NEW', 0),
  (1, 'Brass gears', 12, 'SHIPPED', 1),
  (2, 'Moth tweezers', 1, 'NEW', 0),
  (2, 'Nanosecond wires', 30, 'NEW', 0);

INSERT INTO notice (name, text) VALUES
  ('coffee', 'The machine on the second floor is being repaired.'),
  ('lunch', 'Soup');
