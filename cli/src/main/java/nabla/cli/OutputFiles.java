package nabla.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.Output;
import nabla.Results;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.engine.data.DataFile;
import nabla.tensor.NumericArray;

/**
 * Where outputs are written to.
 *
 * @param each files of a single output
 * @param all files of all outputs
 */
record OutputFiles(Map<Output, Path> each, List<Path> all) {
  private static final Pattern NAMED = Pattern.compile("(\\p{L}[\\p{L}\\p{N}_,:\\[\\]]*)=(.+)");

  /**
   * @throws NablaException with {@link Code#REQUEST} if a word names no output
   */
  static OutputFiles of(List<String> words, List<Output> outputs) {
    Map<Output, Path> each = new LinkedHashMap<>();
    List<Path> all = new java.util.ArrayList<>();
    for (String word : words) {
      Matcher named = NAMED.matcher(word);
      if (named.matches()) {
        each.put(OutputWords.named(named.group(1), outputs), path(named.group(2)));
      } else if (isCollection(word)) {
        all.add(path(word));
      } else if (outputs.size() == 1) {
        each.put(outputs.getFirst(), path(word));
      } else {
        throw new NablaException(
            Code.REQUEST,
            "several outputs go to an .npz or .json; or name one: --out "
                + OutputWords.name(outputs.getLast())
                + "="
                + word);
      }
    }
    return new OutputFiles(each, List.copyOf(all));
  }

  private static boolean isCollection(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return lower.endsWith(".npz") || lower.endsWith(".json");
  }

  private static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new NablaException(Code.REQUEST, "there can't be a file " + file);
    }
  }

  /** Writes the files, and says where each output is now. */
  Map<Output, String> write(Results results) {
    Map<Output, String> written = new LinkedHashMap<>();
    for (Path file : all) {
      Map<String, NumericArray> arrays = new LinkedHashMap<>();
      results.all().forEach((output, array) -> arrays.put(OutputWords.name(output), array.dense()));
      DataFile.writeAll(file, arrays);
      results.all().keySet().forEach(output -> written.put(output, file.toString()));
    }
    each.forEach(
        (output, file) -> {
          DataFile.write(file, results.get(output).dense());
          written.put(output, file.toString());
        });
    return written;
  }
}
