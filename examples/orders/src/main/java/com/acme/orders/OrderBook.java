package com.acme.orders;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The orders, in memory: they are gone with the bundle. A real service would ask a database. */
final class OrderBook {
    private static final ConcurrentMap<String, Order> ORDERS = new ConcurrentHashMap<>();

    private OrderBook() {}

    /** Adds an order, unless there is one of that id; returns whether it did. */
    static boolean add(Order order) {
        return ORDERS.putIfAbsent(order.id(), order) == null;
    }

    static Optional<Order> find(String id) {
        return Optional.ofNullable(ORDERS.get(id));
    }
}
