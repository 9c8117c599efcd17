package com.acme.orders;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import java.math.BigDecimal;
import java.util.List;
import org.junit.Test;

public class OrdersTest {
    private final CallContext context = new CallContext(new PriceOrder());

    @Test
    public void placesAnOrderAndShowsIt() {
        Order placed = new PlaceOrder().handle(order("1", "tea", 2), context);
        Order shown = new GetOrder().handle(new GetOrder.Query("1"), context);

        assertEquals(new BigDecimal("8.40"), placed.total());
        assertEquals(placed, shown);
        assertEquals(201, context.status);
    }

    @Test
    public void refusesAnIdThatIsTaken() {
        new PlaceOrder().handle(order("2", "dates", 1), context);

        ServiceException refusal = assertThrows(
                ServiceException.class, () -> new PlaceOrder().handle(order("2", "dates", 1), context));

        assertEquals(Reason.CONFLICT, refusal.reason());
    }

    @Test
    public void tellsWhatDoesNotExist() {
        ServiceException product = assertThrows(
                ServiceException.class, () -> new PlaceOrder().handle(order("3", "coffee", 1), context));
        ServiceException order =
                assertThrows(ServiceException.class, () -> new GetOrder().handle(new GetOrder.Query("3"), context));

        assertEquals(Reason.NOT_FOUND, product.reason());
        assertEquals("There is no order 3", order.getMessage());
    }

    private static PlaceOrder.Request order(String id, String product, int quantity) {
        return new PlaceOrder.Request(id, "Ann", List.of(new Order.Line(product, quantity)));
    }
}
