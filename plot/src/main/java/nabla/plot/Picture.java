package nabla.plot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;

/** A picture that has been drawn. The same question gives the same picture, byte by byte. */
public final class Picture {
  private final String title;
  private final List<String> findings;
  private final int width;
  private final int height;
  private final List<Mark> marks;

  Picture(String title, List<String> findings, int width, int height, List<Mark> marks) {
    this.title = title;
    this.findings = List.copyOf(findings);
    this.width = width;
    this.height = height;
    this.marks = List.copyOf(marks);
  }

  /** What the picture shows, in one line. */
  public String title() {
    return title;
  }

  /** What is to be seen in the picture, in words: stationary points, a path, slopes. */
  public List<String> findings() {
    return findings;
  }

  /** In units of about a pixel. */
  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  List<Mark> marks() {
    return marks;
  }

  /** An SVG document that adapts to light and dark surroundings, with a title and a description. */
  public String svg() {
    return new SvgWriter(this).write();
  }

  /**
   * A PNG file with two pixels for each unit, as in light surroundings.
   *
   * @throws NablaException with {@link Code#UNSUPPORTED} if this machine has no fonts
   */
  public byte[] png() {
    return PngWriter.write(this);
  }

  /**
   * Writes an {@code .svg} or a {@code .png}, as the name of the file ends.
   *
   * @throws NablaException with {@link Code#REQUEST} if it ends otherwise, or can't be written
   */
  public void write(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    byte[] bytes;
    if (name.endsWith(".svg")) bytes = svg().getBytes(StandardCharsets.UTF_8);
    else if (name.endsWith(".png")) bytes = png();
    else throw new NablaException(Code.REQUEST, "a picture is an .svg or a .png, not " + file);
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new NablaException(Code.REQUEST, "the file " + file + " can't be written");
    }
  }
}
