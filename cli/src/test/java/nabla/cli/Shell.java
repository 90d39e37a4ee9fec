package nabla.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * The little of a shell that the documentation needs: quotes, {@code $?}, and {@code echo … |}
 * before the command {@code ./nabla}, which runs in this JVM.
 */
final class Shell {
  private static final Path ROOT = Path.of("..");
  private static final String UNQUOTED = "./-_=,:|$?";

  private int status;

  /** What the command writes, errors among it, as a terminal would show it. */
  String run(String command) {
    List<String> words = words(command);
    int pipe = words.indexOf("|");
    if (words.equals(List.of("echo", "$?"))) return status + "\n";
    List<String> first = pipe < 0 ? words : words.subList(0, pipe);
    if (pipe < 0 && words.getFirst().equals("./nabla")) return nabla(words, "");
    String input =
        switch (first.getFirst()) {
          case "echo" -> String.join(" ", first.subList(1, first.size())) + "\n";
          case "cat" -> file(first.getLast());
          default -> throw new IllegalArgumentException("no shell: " + command);
        };
    return pipe < 0 ? input : nabla(words.subList(pipe + 1, words.size()), input);
  }

  private static String file(String name) {
    try {
      return Files.readString(ROOT.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String nabla(List<String> words, String input) {
    if (!words.getFirst().equals("./nabla")) {
      throw new IllegalArgumentException("no command of ours: " + words);
    }
    StringWriter written = new StringWriter();
    PrintWriter screen = new PrintWriter(written, true);
    // Readers stand in the root of the project.
    words = words.stream().map(w -> w.replaceFirst("^(\\w+=)?docs/", "$1../docs/")).toList();
    CommandLine line = Main.commandLine().setOut(screen).setErr(screen);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      status = line.execute(words.subList(1, words.size()).toArray(String[]::new));
    } finally {
      System.setIn(before);
    }
    screen.flush();
    return written.toString().replace("../docs/", "docs/");
  }

  /** Single quotes keep everything, double quotes all that we write inside them. */
  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int k = 0; k < command.length(); k++) {
      char c = command.charAt(k);
      if (quote != 0) {
        if (c == quote) quote = 0;
        else if (quote == '"' && (c == '$' || c == '`' || c == '\\' || c == '!')) {
          throw new IllegalArgumentException(c + " means something to a shell: " + command);
        } else word.append(c);
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (c == ' ') {
        if (inWord) words.add(word.toString());
        word.setLength(0);
        inWord = false;
      } else if (UNQUOTED.indexOf(c) >= 0 || Character.isLetterOrDigit(c)) {
        word.append(c);
        inWord = true;
      } else {
        throw new IllegalArgumentException(c + " should be in quotes: " + command);
      }
    }
    if (quote != 0) throw new IllegalArgumentException("a quote is open: " + command);
    if (inWord) words.add(word.toString());
    return words;
  }
}
