package nabla.engine.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a file holds arrays. */
public enum Format {
  /** NumPy's array file: any rank, exact. */
  NPY(".npy"),
  /** NumPy's archive of named arrays. */
  NPZ(".npz"),
  /** Rows of numbers between commas, semicolons, tabs or blanks. */
  CSV(".csv .tsv .txt"),
  /** NIST's exchange format for dense and sparse matrices. */
  MATRIX_MARKET(".mtx .mm"),
  /** Nested lists of numbers, or an object of them. */
  JSON(".json");

  /** How many bytes are enough to tell formats apart. */
  static final int SNIFFED = 512;

  private final String extensions;

  Format(String extensions) {
    this.extensions = extensions;
  }

  private Stream<String> extensions() {
    return Arrays.stream(extensions.split(" ", -1));
  }

  /** The format that the extension stands for. */
  static Optional<Format> of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.extensions().anyMatch(name::endsWith))
        .findFirst();
  }

  /** The format that a file begins like; text of no other kind is taken for CSV. */
  static Optional<Format> sniff(byte[] head) {
    String start = new String(head, ISO_8859_1);
    if (start.startsWith(Npy.MAGIC)) return Optional.of(NPY);
    if (start.startsWith("PK\3\4")) return Optional.of(NPZ);
    if (start.indexOf('\0') >= 0) return Optional.empty();
    if (start.startsWith(MatrixMarket.BANNER)) return Optional.of(MATRIX_MARKET);
    String text = start.replaceFirst("^\u00ef\u00bb\u00bf", "").strip();
    return Optional.of(text.startsWith("[") || text.startsWith("{") ? JSON : CSV);
  }

  /** All extensions, for a message. */
  static String list() {
    return Arrays.stream(values()).flatMap(Format::extensions).collect(Collectors.joining(", "));
  }
}
