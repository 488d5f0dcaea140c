package io.taskgroup.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The tables of {@code docs/configuration.md}. */
public final class DocumentedTable {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    private DocumentedTable() {}

    /** Returns the rows of the tables whose first column has that header: the text of each cell, without backticks. */
    public static List<List<String>> withHeader(String firstColumn) {
        try (var lines = Files.lines(PAGE)) {
            return lines.dropWhile(line -> !line.startsWith("| " + firstColumn + " |"))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(DocumentedTable::cells)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
                .map(cell -> cell.strip().replace("`", ""))
                .toList();
    }
}
