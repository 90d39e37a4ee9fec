package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * Commands, each on a line that begins with {@code $}, and what they write. Run with {@code
 * -Dnabla.transcripts=rewrite}, the tests put what is written now in the place of what was.
 */
final class Transcript {
  static final boolean REWRITE =
      System.getProperty("nabla.transcripts", "compare").equals("rewrite");

  private Transcript() {}

  /** The transcript with what the commands write now. */
  static String replay(String transcript) {
    Shell shell = new Shell();
    StringBuilder replayed = new StringBuilder();
    for (List<String> step : steps(transcript)) {
      String command = step.getFirst();
      if (command.startsWith("$ ")) {
        String before = String.join("", step.subList(1, step.size()));
        String now = shell.run(command.substring(2).strip());
        replayed.append(command).append(equal(before, now) ? before : now);
      } else {
        replayed.append(command);
      }
    }
    return replayed.toString();
  }

  /** Each command with the lines after it; a comment or an empty line before a command alone. */
  private static List<List<String>> steps(String transcript) {
    List<List<String>> steps = new ArrayList<>();
    for (String line : Markdown.lines(transcript)) {
      boolean first = steps.isEmpty() || line.startsWith("$ ") || line.startsWith("# ");
      if (first) steps.add(new ArrayList<>());
      steps.getLast().add(line);
    }
    return steps;
  }

  static void assertEqual(String written, String now) {
    assertThat(measured(now)).isEqualTo(measured(written));
  }

  private static boolean equal(String written, String now) {
    return measured(written).equals(measured(now));
  }

  /**
   * How far a check is off depends on the processor's last digit of exp and log, and how long
   * something takes on the whole machine.
   */
  private static String measured(String text) {
    return text.replaceAll("(?m)^(time|compile|first|median|work|engine) .*$", "$1 …")
        .replaceAll("(flops, .* for what is computed;) .*", "$1 …")
        .replaceAll("worst relative error \\d\\S*", "worst relative error …")
        .replaceAll("\"maxRelativeError\":\\d[0-9.E-]*", "\"maxRelativeError\":…");
  }
}
