package com.acme.orders;

import java.math.BigDecimal;
import java.util.List;

/** An order as it was placed, with its price. */
public record Order(String id, String customer, List<Line> lines, BigDecimal total) {

    /** So many of a product. */
    public record Line(String product, int quantity) {}
}
