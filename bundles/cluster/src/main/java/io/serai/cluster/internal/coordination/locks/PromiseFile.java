package io.serai.cluster.internal.coordination.locks;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Properties;

/** A number in the file {@code promises}. */
public final class PromiseFile implements PromiseStore {
    private static final String VERSION = "1";

    private final Path directory;

    /** Keeps it in a folder, which is made when there is something to keep. */
    public PromiseFile(Path directory) {
        this.directory = directory;
    }

    @Override
    public OptionalLong read() throws IOException {
        Path file = directory.resolve("promises");
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        String number = properties.getProperty("highest", "");
        if (!VERSION.equals(properties.getProperty("version")) || !number.matches("[0-9]{1,18}")) {
            throw new IOException("The file " + file + " is damaged, or of a newer version");
        }
        return OptionalLong.of(Long.parseLong(number));
    }

    @Override
    public void write(long number) throws IOException {
        Files.createDirectories(directory);
        Path temporary = directory.resolve("promises.tmp");
        String text = "version=" + VERSION + "\nhighest=" + number + "\n";
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, directory.resolve("promises"), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true); // the name, too
        }
    }
}
