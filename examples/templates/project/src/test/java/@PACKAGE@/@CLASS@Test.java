package @PACKAGE@;

import static org.junit.Assert.assertEquals;

import java.util.Optional;
import org.junit.Test;

public class @CLASS@Test {

    @Test
    public void greetsByName() {
        @CLASS@.Answer answer = new @CLASS@().handle(new @CLASS@.Query(Optional.of("Ann")), null);

        assertEquals("Hello, Ann!", answer.text());
    }
}
