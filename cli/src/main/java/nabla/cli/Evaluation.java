package nabla.cli;

import java.util.List;
import java.util.Map;
import nabla.Output;
import nabla.Results;
import org.jspecify.annotations.Nullable;

/**
 * What {@code nabla eval} found.
 *
 * @param written the file of each output that was written to one
 * @param notes what the reader should know of the numbers
 * @param plan the steps; empty if they are not asked for
 * @param timing how long it took, if that is asked for
 */
record Evaluation(
    Question question,
    Results results,
    Map<Output, String> written,
    List<String> notes,
    String plan,
    @Nullable Timing timing) {
  /** In seconds: until there was a function, its first run, and the later ones. */
  record Timing(double compile, double first, Repetition later) {}
}
