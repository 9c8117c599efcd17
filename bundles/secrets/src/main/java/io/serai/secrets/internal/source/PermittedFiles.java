package io.serai.secrets.internal.source;

import io.serai.secrets.internal.key.ClearText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files that secrets may refer to: those in some folders, wherever links within them lead, but not out of them.
 *
 * @param folders the folders; a relative path is looked up in the first
 */
public record PermittedFiles(List<Path> folders) {
    private static final int MAX_BYTES = 256 * 1024;

    /** Copies. */
    public PermittedFiles {
        folders = List.copyOf(folders);
    }

    /**
     * Returns the text of a file, without a line break at its end.
     *
     * @throws IOException saying why it cannot be read, and what to do
     */
    char[] read(String file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(real(file))) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("file " + file + " has more than " + MAX_BYTES + " bytes");
        }
        try {
            char[] text = ClearText.decode(bytes);
            int end = text.length;
            end -= end > 0 && text[end - 1] == '\n' ? 1 : 0;
            end -= end > 0 && text[end - 1] == '\r' ? 1 : 0;
            char[] value = Arrays.copyOf(text, end);
            Arrays.fill(text, '\0');
            return value;
        } catch (CharacterCodingException e) {
            throw new IOException("file " + file + " is no text in UTF-8", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private Path real(String file) throws IOException {
        if (folders.isEmpty()) {
            throw new IOException(
                    "file " + file + " is not read: no folder is permitted; set files.folders of io.serai.secrets");
        }
        Path real;
        try {
            Path path = folders.get(0).resolve(file).normalize();
            if (folders.stream().noneMatch(path::startsWith)) {
                throw outside(file); // before looking, so that nobody finds out what else is there
            }
            real = path.toRealPath();
        } catch (InvalidPathException e) {
            throw new IOException("'" + file + "' is no path", e);
        } catch (NoSuchFileException e) {
            throw new IOException("file " + file + " is not there; write it on this node", e);
        }
        if (!isInside(real)) {
            throw outside(file);
        }
        if (!Files.isRegularFile(real)) {
            throw new IOException("file " + file + " is no regular file");
        }
        return real;
    }

    private boolean isInside(Path real) throws IOException {
        for (Path folder : folders) {
            if (Files.isDirectory(folder) && real.startsWith(folder.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    private IOException outside(String file) {
        return new IOException("file " + file + " is in none of the permitted folders: "
                + folders.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }
}
