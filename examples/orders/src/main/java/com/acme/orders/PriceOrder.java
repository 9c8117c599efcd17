package com.acme.orders;

import io.serai.api.service.Context;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceInfo;
import io.serai.api.service.Workload;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Prices an order. It has no REST channel: other services call it. */
@ServiceInfo(name = "orders.price", workload = Workload.CPU, description = "Prices an order")
public class PriceOrder implements Service<PriceOrder.Request, PriceOrder.Price> {
    private static final Map<String, BigDecimal> PRICES = Map.of(
            "tea", new BigDecimal("4.20"),
            "dates", new BigDecimal("7.50"),
            "saffron", new BigDecimal("19.90"));

    public record Request(List<Order.Line> lines) {}

    public record Price(BigDecimal total) {}

    @Override
    public Price handle(Request request, Context context) {
        BigDecimal total = BigDecimal.ZERO;
        for (Order.Line line : request.lines()) {
            BigDecimal price = PRICES.get(line.product());
            if (price == null) {
                // The caller sees this as 404, and reads why.
                throw ServiceException.notFound("There is no product '" + line.product() + "'; there is tea, dates, saffron");
            }
            total = total.add(price.multiply(BigDecimal.valueOf(line.quantity())));
        }
        return new Price(total);
    }
}
