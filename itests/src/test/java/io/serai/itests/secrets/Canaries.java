package io.serai.itests.secrets;

import io.serai.itests.node.CommandLine;
import io.serai.itests.node.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Values that are planted, and looked for in all places. */
final class Canaries {
    private final Map<String, byte[]> forms = new LinkedHashMap<>();
    private final List<String> sightings = new ArrayList<>();

    /** Looks for a value that something else has made. */
    void plant(String name, String value) {
        forms.put(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a value to be planted; it is looked for in base64, too, wherever its first byte stands. */
    String plant(String name) {
        String value = "CANARY-" + name + "-7Kq2xVw9";
        forms.put(name, value.getBytes(StandardCharsets.UTF_8));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = (" ".repeat(shift) + value).getBytes(StandardCharsets.UTF_8);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            forms.put(
                    name + " in base64/" + shift,
                    base64.substring(4, base64.length() - 2).getBytes(StandardCharsets.UTF_8));
        }
        return value;
    }

    /** Looks at what somebody was shown. */
    void look(String place, String text) {
        look(place, text.getBytes(StandardCharsets.UTF_8));
    }

    private void look(String place, byte[] bytes) {
        forms.forEach((name, form) -> {
            if (contains(bytes, form)) {
                sightings.add(name + " in " + place);
            }
        });
    }

    /** Looks at all files below a folder, and at all that Git has of a repository among them. */
    void look(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                look(file.toString(), Files.readAllBytes(file));
            }
        }
    }

    /** Looks at all objects of a repository, reachable or not, and at what a reader of its history sees. */
    void lookAtGit(Path repository) throws IOException {
        Path out = Scratch.folder("git").resolve("out");
        String git = "git --git-dir '" + repository + "' ";
        for (String command : List.of("cat-file --batch --batch-all-objects", "log -p --all --text")) {
            CommandLine.succeed("sh", "-c", git + command + " > '" + out + "'");
            look(repository + " (" + command + ")", Files.readAllBytes(out));
        }
    }

    /** Looks at the command lines of all processes. */
    void lookAtProcesses() throws IOException {
        Pattern process = Pattern.compile("\\d+");
        try (Stream<Path> files = Files.list(Path.of("/proc"))) {
            files.map(file -> file.resolve("cmdline"))
                    .filter(file -> process.matcher(file.getName(1).toString()).matches())
                    .forEach(file -> look(file.toString(), content(file)));
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0]; // the process has ended
        }
    }

    /** Returns where they were seen. */
    List<String> sightings() {
        return List.copyOf(sightings);
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            int j = 0;
            while (j < part.length && bytes[i + j] == part[j]) {
                j++;
            }
            if (j == part.length) {
                return true;
            }
        }
        return false;
    }
}
