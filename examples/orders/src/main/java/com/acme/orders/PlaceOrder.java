package com.acme.orders;

import io.serai.api.service.Context;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceInfo;
import java.util.List;

/** Takes an order: its id comes from the path, the rest from the JSON body. */
@ServiceInfo(name = "orders.place", rest = "PUT /orders/{id}", description = "Takes an order")
public class PlaceOrder implements Service<PlaceOrder.Request, Order> {

    public record Request(String id, String customer, List<Order.Line> lines) {}

    @Override
    public Order handle(Request request, Context context) {
        if (request.lines().isEmpty()) {
            throw ServiceException.invalid("lines", "An order needs a line at least"); // 400
        }
        PriceOrder.Price price =
                context.invoke("orders.price", new PriceOrder.Request(request.lines()), PriceOrder.Price.class);
        Order order = new Order(request.id(), request.customer(), request.lines(), price.total());
        if (!OrderBook.add(order)) {
            throw ServiceException.conflict("There is an order " + order.id() + " already; choose another id"); // 409
        }
        context.logger().info("Order was placed: id={} customer={}", order.id(), order.customer());
        context.reply().status(201).header("Location", "/orders/" + order.id());
        return order;
    }
}
