package com.acme.orders;

import io.serai.api.service.Context;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceInfo;

/** Shows an order. */
@ServiceInfo(name = "orders.get", rest = "GET /orders/{id}", description = "Shows an order")
public class GetOrder implements Service<GetOrder.Query, Order> {

    public record Query(String id) {}

    @Override
    public Order handle(Query query, Context context) {
        return OrderBook.find(query.id())
                .orElseThrow(() -> ServiceException.notFound("There is no order " + query.id())); // 404
    }
}
