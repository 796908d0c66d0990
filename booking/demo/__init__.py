"""A small invented world to try the product on, made through the services, so that it cannot break a rule."""
