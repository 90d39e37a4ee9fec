package nabla.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.plot.Mark.Dash;
import nabla.plot.Mark.Form;

/** Paints a picture by the graphics of the JDK. */
final class PngWriter {
  private static final int SCALE = 2;
  private static final BasicStroke HALO =
      new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final BasicStroke EDGE =
      new BasicStroke(0.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private final Graphics2D graphics;

  private PngWriter(Graphics2D graphics) {
    this.graphics = graphics;
  }

  static byte[] write(Picture picture) {
    BufferedImage image =
        new BufferedImage(
            SCALE * picture.width(), SCALE * picture.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    graphics.setRenderingHint(
        java.awt.RenderingHints.KEY_ANTIALIASING, java.awt.RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        java.awt.RenderingHints.KEY_STROKE_CONTROL, java.awt.RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(colour(Paint.PAPER));
    graphics.fillRect(0, 0, picture.width(), picture.height());
    PngWriter writer = new PngWriter(graphics);
    for (Mark mark : picture.marks()) writer.paint(mark);
    graphics.dispose();
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Color colour(Paint paint) {
    return new Color(paint.light());
  }

  private void paint(Mark mark) {
    switch (mark) {
      case Mark.Area area -> fill(path(area.rings(), true), area.paint());
      case Mark.Facet facet -> {
        Shape shape = path(List.of(facet.ring()), true);
        fill(shape, facet.paint());
        draw(shape, facet.edge(), EDGE);
      }
      case Mark.Lines lines -> {
        float[] dashes = lines.dash() == Dash.DASHED ? new float[] {6, 4} : null;
        BasicStroke stroke =
            new BasicStroke(
                (float) lines.width(),
                BasicStroke.CAP_ROUND,
                BasicStroke.JOIN_ROUND,
                10,
                dashes,
                0);
        draw(path(lines.lines(), false), lines.paint(), stroke);
      }
      case Mark.Symbol symbol -> {
        boolean ring = symbol.form() == Form.RING;
        Shape shape = path(List.of(Symbols.outline(symbol.form(), symbol.at())), true);
        fill(shape, ring ? Paint.PAPER : symbol.paint());
        draw(shape, ring ? symbol.paint() : Paint.PAPER, new BasicStroke(ring ? 2 : 1));
      }
      case Mark.Label label -> paint(label);
    }
  }

  private void fill(Shape shape, Paint paint) {
    graphics.setColor(colour(paint));
    graphics.fill(shape);
  }

  private void draw(Shape shape, Paint paint, BasicStroke stroke) {
    graphics.setColor(colour(paint));
    graphics.setStroke(stroke);
    graphics.draw(shape);
  }

  private void paint(Mark.Label label) {
    if (label.text().isEmpty()) return;
    TextLayout text = layout(label);
    double width = text.getAdvance();
    AffineTransform place = new AffineTransform();
    place.translate(label.at().x(), label.at().y());
    place.rotate(Math.toRadians(label.angle()));
    switch (label.anchor()) {
      case START -> {}
      case MIDDLE -> place.translate(-width / 2, 0);
      case END -> place.translate(-width, 0);
    }
    Shape outline = text.getOutline(place);
    if (label.halo() != null) draw(outline, label.halo(), HALO);
    fill(outline, label.font().paint());
  }

  /** The JDK says in many ways that it finds no font. */
  private TextLayout layout(Mark.Label label) {
    try {
      int style = label.font().bold() ? java.awt.Font.BOLD : java.awt.Font.PLAIN;
      java.awt.Font font =
          new java.awt.Font(java.awt.Font.SANS_SERIF, style, 1)
              .deriveFont((float) label.font().size());
      return new TextLayout(label.text(), font, graphics.getFontRenderContext());
    } catch (InternalError | LinkageError | IllegalStateException | NullPointerException e) {
      throw new NablaException(
          Code.UNSUPPORTED, "a .png needs fonts, and Java finds none here; write an .svg");
    }
  }

  private static Path2D path(List<List<Point>> lines, boolean closed) {
    Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    for (List<Point> line : lines) {
      for (int k = 0; k < line.size(); k++) {
        if (k == 0) path.moveTo(line.get(k).x(), line.get(k).y());
        else path.lineTo(line.get(k).x(), line.get(k).y());
      }
      if (closed) path.closePath();
    }
    return path;
  }
}
