import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Usage: java -cp google-java-format-all-deps.jar Format.java check|apply DIR... (needs the
 * add-exports of the pom).
 */
class Format {
  public static void main(String[] args) throws Exception {
    var f = new Formatter(JavaFormatterOptions.defaultOptions());
    int bad = 0;
    for (int i = 1; i < args.length; i++) {
      var root = Path.of(args[i]);
      if (!Files.isDirectory(root)) continue;
      try (var s = Files.walk(root)) {
        for (Path p :
            s.filter(q -> q.toString().endsWith(".java") && !q.toString().contains("/target/"))
                .toList()) {
          String a = Files.readString(p), b = f.formatSourceAndFixImports(a);
          if (!a.equals(b)) {
            bad++;
            System.err.println((args[0].equals("apply") ? "formatted " : "not formatted: ") + p);
            if (args[0].equals("apply")) Files.writeString(p, b);
          }
        }
      }
    }
    if (bad > 0 && args[0].equals("check")) System.exit(1);
  }
}
