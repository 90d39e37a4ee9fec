package nabla.plot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a picture is made of, painted one after the other. */
sealed interface Mark {
  /** The inside of closed lines; where two of them overlap is outside again. */
  record Area(List<List<Point>> rings, Paint paint) implements Mark {}

  /** A piece of a surface; its edge hides that two pieces meet. */
  record Facet(List<Point> ring, Paint paint, Paint edge) implements Mark {}

  /** Lines, each through its points. */
  record Lines(List<List<Point>> lines, Paint paint, double width, Dash dash) implements Mark {}

  /** How a line is broken. */
  enum Dash {
    SOLID,
    DASHED
  }

  /** A word at a point; a halo keeps it legible on lines. */
  record Label(String text, Point at, Anchor anchor, Font font, double angle, @Nullable Paint halo)
      implements Mark {}

  /** Which part of a word is at its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** How a word is written. */
  record Font(double size, boolean bold, Paint paint) {
    static final Font NORMAL = new Font(13, false, Paint.TEXT);
    static final Font SMALL = new Font(11.5, false, Paint.TEXT);

    /** About how wide a text is; a little more than that in most fonts. */
    double width(String text) {
      return 0.6 * size * text.codePointCount(0, text.length());
    }
  }

  /**
   * A small figure at a point.
   *
   * @param says what it stands for there; empty if that needs no saying
   */
  record Symbol(Point at, Form form, Paint paint, String says) implements Mark {}

  /** Forms differ, so that colour is never the only sign. */
  enum Form {
    DOT,
    SMALL_DOT,
    SMALL_SQUARE,
    DIAMOND,
    TRIANGLE,
    RING
  }
}
