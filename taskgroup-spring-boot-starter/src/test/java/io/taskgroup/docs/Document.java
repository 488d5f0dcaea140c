package io.taskgroup.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of this project in Markdown. */
record Document(Path path) {
    static final Path ROOT = Path.of("..");
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w*)[ ]?([\\w.]*)\\n((?s:.*?))^```");

    private static final String NUMBER = "\\d[\\d.:]*(?: (?:ns|us|ms|s)\\b)?";
    private static final Pattern PART_OF_OUTPUT = Pattern.compile("(?<number>" + NUMBER + ")|(?<anything>…)|[^\\d…]+");

    /** A fenced block: its language, what stands behind the language, and its lines. */
    record Block(String language, String label, String text) {
        @Override
        public String toString() {
            return label + ": " + text.lines().findFirst().orElse("");
        }
    }

    static Stream<Document> all() {
        return files(ROOT, ".md").map(Document::new);
    }

    static Document named(String name) {
        return new Document(ROOT.resolve(name));
    }

    /** Returns the files below a folder whose names end so, without what a build or a tool has put there. */
    static Stream<Path> files(Path folder, String suffix) {
        List<Path> inside;
        try (Stream<Path> entries = Files.list(folder)) {
            inside = entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inside.stream().flatMap(entry -> {
            String name = entry.getFileName().toString();
            if (Files.isDirectory(entry)) {
                return name.startsWith(".") || NOT_OURS.contains(name) ? Stream.of() : files(entry, suffix);
            }
            return name.endsWith(suffix) ? Stream.of(entry) : Stream.of();
        });
    }

    String text() {
        return read(path);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks(String language) {
        return BLOCK.matcher(text())
                .results()
                .filter(found -> found.group(1).equals(language))
                .map(found -> new Block(found.group(1), found.group(2), found.group(3)))
                .toList();
    }

    /** Returns the text that the page shows as printed by a test: a block {@code ```text TheTest.name}. */
    String output(Class<?> test, String name) {
        String label = test.getSimpleName() + "." + name;
        return blocks("text").stream()
                .filter(block -> block.label().equals(label))
                .map(block -> block.text().stripTrailing())
                .findFirst()
                .orElseThrow(() -> new AssertionError(this + " has no block ```text " + label));
    }

    /**
     * Returns what text must be like that has the form of such a block: where the page has a number, with its unit, there
     * may be any other, and where it has … there may be anything.
     */
    Pattern outputForm(Class<?> test, String name) {
        StringBuilder form = new StringBuilder();
        Matcher part = PART_OF_OUTPUT.matcher(output(test, name));
        while (part.find()) {
            boolean isText = part.group("number") == null && part.group("anything") == null;
            form.append(isText ? Pattern.quote(part.group()) : part.group("number") != null ? NUMBER : ".*?");
        }
        return Pattern.compile(form.toString(), Pattern.DOTALL);
    }

    /** Returns the text without fenced blocks and code in backticks. */
    String prose() {
        return BLOCK.matcher(text()).replaceAll("").replaceAll("`[^`\\n]*`", "");
    }

    @Override
    public String toString() {
        return ROOT.relativize(path).toString();
    }
}
