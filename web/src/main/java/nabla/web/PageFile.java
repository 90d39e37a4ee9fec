package nabla.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file of the page, as it is sent. */
final class PageFile {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2",
          "webmanifest", "application/manifest+json");

  private final String type;
  private final byte[] bytes;

  /** As gzip has them; null where that is no less. */
  private final byte @Nullable [] packed;

  private final String tag;

  private PageFile(String type, byte[] bytes, byte @Nullable [] packed) {
    this.type = type;
    this.bytes = bytes;
    this.packed = packed;
    this.tag = '"' + digest(bytes) + '"';
  }

  /** A resource beside this class; null if there is none, or it is of no type that is sent. */
  static @Nullable PageFile read(String resource) throws IOException {
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    if (type == null) return null;
    try (InputStream in = PageFile.class.getResourceAsStream(resource)) {
      if (in == null) return null;
      byte[] bytes = in.readAllBytes();
      byte[] packed = packed(bytes);
      return new PageFile(type, bytes, packed.length < bytes.length ? packed : null);
    }
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What tells it from its other versions. */
  String tag() {
    return tag;
  }

  boolean packs() {
    return packed != null;
  }

  Reply reply(boolean asPacked) {
    return new Reply(Reply.OK, type, asPacked && packed != null ? packed : bytes);
  }

  Reply unchanged() {
    return new Reply(Reply.NOT_MODIFIED, type, new byte[0]);
  }
}
