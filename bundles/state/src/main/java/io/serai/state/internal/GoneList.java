package io.serai.state.internal;

import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** The list, before a pack, of what is not in it because it is gone: a magic word, their number, and each with a time. */
final class GoneList {
    private static final byte[] MAGIC = "GON1".getBytes(StandardCharsets.US_ASCII);
    // More than a node makes in years; a list that claims to be longer is none.
    private static final int MAX = 10_000_000;

    private static final long YEAR_9999 = 253_402_300_800L;

    private GoneList() {}

    /** Writes the list, unless it is empty. */
    static void write(Map<ObjectId, Instant> gone, OutputStream out) throws IOException {
        if (gone.isEmpty()) {
            return;
        }
        DataOutputStream data = new DataOutputStream(out);
        data.write(MAGIC);
        data.writeInt(gone.size());
        for (Map.Entry<ObjectId, Instant> each : gone.entrySet()) {
            each.getKey().copyRawTo(data);
            data.writeLong(each.getValue().getEpochSecond());
        }
        data.flush();
    }

    /** Reads the list if there is one, or leaves the stream where it is. */
    static Map<ObjectId, Instant> read(InputStream in) throws IOException, StateException {
        in.mark(MAGIC.length);
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            in.reset();
            return Map.of();
        }
        DataInputStream data = new DataInputStream(in);
        int size = data.readInt();
        if (size < 0 || size > MAX) {
            throw new StateException(Reason.INVALID, "What was received is not a whole pack; send it again", null);
        }
        Map<ObjectId, Instant> gone = new HashMap<>();
        byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
        for (int i = 0; i < size; i++) {
            data.readFully(id);
            gone.put(ObjectId.fromRaw(id), Instant.ofEpochSecond(Math.floorMod(data.readLong(), YEAR_9999)));
        }
        return gone;
    }
}
