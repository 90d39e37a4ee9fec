package nabla.engine.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/** NumPy's .npz: a zip archive of .npy files, each named for its array. */
final class Npz {
  private static final String SUFFIX = ".npy";

  /** The first time that a zip archive can say: the same arrays give the same bytes. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  static Map<String, NumericArray> read(String name, Path file) throws IOException {
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.getName().endsWith(SUFFIX)) {
          throw wrong(name, "\"" + entry.getName() + "\" in it is no .npy");
        }
        String stem = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
        if (arrays.put(stem, read(name + "/" + entry.getName(), zip, entry)) != null) {
          throw wrong(name, "\"" + stem + "\" stands twice");
        }
      }
    } catch (ZipException e) {
      throw wrong(name, "is no sound zip archive (" + e.getMessage() + ")");
    }
    return arrays;
  }

  private static NumericArray read(String name, ZipFile zip, ZipEntry entry) throws IOException {
    CRC32 sum = new CRC32();
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
      NumericArray array = Npy.read(name, new BufferedInputStream(in), Npy.UNKNOWN);
      // ZipFile itself does not compare
      if (sum.getValue() != entry.getCrc()) throw wrong(name, "its checksum is wrong");
      return array;
    }
  }

  private static NablaException wrong(String name, String message) {
    return new NablaException(Code.VALUE, name + ": " + message);
  }

  /** Writes without compression: the digits of measured numbers do not compress. */
  static void write(OutputStream out, Map<String, NumericArray> arrays) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.NO_COMPRESSION);
    for (Map.Entry<String, NumericArray> array : arrays.entrySet()) {
      ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
      entry.setTimeLocal(TIME);
      zip.putNextEntry(entry);
      Npy.write(zip, array.getValue());
      zip.closeEntry();
    }
    zip.finish();
  }
}
