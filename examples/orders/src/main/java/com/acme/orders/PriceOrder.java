package com.acme.orders;

import io.serai.api.service.Context;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceInfo;
import io.serai.api.service.Workload;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** Prices an order. It has no REST channel: other services call it. */
@ServiceInfo(name = "orders.price", workload = Workload.CPU, description = "Prices an order")
public class PriceOrder implements Service<PriceOrder.Request, PriceOrder.Price> {
    private static final Map<String, BigDecimal> PRICES = Map.of(
            "tea", new BigDecimal("4.20"),
            "dates", new BigDecimal("7.50"),
            "saffron", new BigDecimal("19.90"));

    private final BigDecimal factor;

    /** Makes the service that is registered by the annotation: no discount. */
    public PriceOrder() {
        this(BigDecimal.ZERO);
    }

    /** Makes one with a discount: 0.10 for ten percent. See examples/blueprint. */
    public PriceOrder(BigDecimal discount) {
        factor = BigDecimal.ONE.subtract(discount);
    }

    public record Request(List<Order.Line> lines) {}

    public record Price(BigDecimal total) {}

    @Override
    public Price handle(Request request, Context context) {
        BigDecimal total = BigDecimal.ZERO;
        for (Order.Line line : request.lines()) {
            BigDecimal price = PRICES.get(line.product());
            if (price == null) {
                // The caller sees this as 404, and reads why.
                throw ServiceException.notFound(
                        "There is no product '" + line.product() + "'; choose tea, dates or saffron");
            }
            total = total.add(price.multiply(BigDecimal.valueOf(line.quantity())));
        }
        return new Price(total.multiply(factor).setScale(2, RoundingMode.HALF_UP));
    }
}
