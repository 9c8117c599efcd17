package io.serai.runtime.internal.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceStatistics.CallError;
import io.serai.api.runtime.ServiceStatistics.SlowCall;
import io.serai.runtime.internal.statistics.CallTally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The services of a node as it tells others of them, in JSON.
 *
 * @param version of this form
 * @param services all of them
 */
record ServicesAnswer(int version, List<Item> services) {
    static final int VERSION = 1;

    // a node of a later version may say more
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * A service.
     *
     * @param name its name
     * @param rest its REST channels
     * @param owner what it came with
     * @param calls how it has fared
     */
    record Item(String name, List<String> rest, String owner, Calls calls) {
        static Item of(ServiceDescriptor service, CallTally tally) {
            return new Item(service.name(), service.rest(), service.owner(), Calls.of(tally));
        }
    }

    /**
     * A {@link CallTally}.
     *
     * @param micros the histogram, as HdrHistogram writes it (V2, not compressed); null if there were no calls
     */
    record Calls(
            @Nullable ByteBuffer micros,
            long errors,
            long active,
            @Nullable CallError lastError,
            List<SlowCall> slowest) {
        static Calls of(CallTally tally) {
            ByteBuffer micros = tally.micros().getTotalCount() == 0 ? null : encode(tally.micros());
            return new Calls(micros, tally.errors(), tally.active(), tally.lastError(), tally.slowest());
        }

        CallTally tally() {
            Histogram histogram =
                    micros == null ? CallTally.noTimes() : Histogram.decodeFromByteBuffer(micros.duplicate(), 0);
            return new CallTally(histogram, errors, active, lastError, slowest);
        }

        private static ByteBuffer encode(AbstractHistogram histogram) {
            ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
            histogram.encodeIntoByteBuffer(buffer);
            return buffer.flip();
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws UncheckedIOException if it is something else
     */
    static ServicesAnswer read(byte[] json) {
        try {
            ServicesAnswer answer = JSON.readValue(json, ServicesAnswer.class);
            if (answer.version() != VERSION) {
                throw new IOException("The answer has version " + answer.version() + ", this node knows " + VERSION
                        + "; use the same version of Serai on all nodes");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] write() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
