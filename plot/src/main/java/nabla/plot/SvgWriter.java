package nabla.plot;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nabla.plot.Mark.Anchor;
import nabla.plot.Mark.Dash;
import nabla.plot.Mark.Form;

/**
 * Writes a picture as SVG. Every colour is a class: where custom properties are not understood, as
 * in some converters, that of light surroundings remains.
 */
final class SvgWriter {
  private final Picture picture;
  private final StringBuilder body = new StringBuilder();
  private final Map<String, Paint> filled = new TreeMap<>();
  private final Map<String, Paint> stroked = new TreeMap<>();

  SvgWriter(Picture picture) {
    this.picture = picture;
  }

  String write() {
    for (Mark mark : picture.marks()) write(mark);
    StringBuilder svg = new StringBuilder();
    String size = picture.width() + "\" height=\"" + picture.height();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"nabla\" role=\"img\"");
    svg.append(" width=\"").append(size).append("\" viewBox=\"0 0 ");
    svg.append(picture.width()).append(' ').append(picture.height()).append("\">\n");
    svg.append("<title>").append(escaped(picture.title())).append("</title>\n<desc>");
    svg.append(escaped(String.join(". ", picture.findings()))).append("</desc>\n");
    String paper = fill(Paint.PAPER);
    style(svg);
    svg.append("<rect class=\"").append(paper).append("\" width=\"").append(size).append("\"/>\n");
    return svg.append(body).append("</svg>\n").toString();
  }

  private void style(StringBuilder svg) {
    Map<String, Paint> all = new TreeMap<>(filled);
    stroked.values().forEach(p -> all.put("f-" + p.name(), p));
    all.values().removeIf(p -> p.light() == p.dark());
    svg.append("<style>\n.nabla{font-family:system-ui,\"DejaVu Sans\",Arial,sans-serif");
    all.values().forEach(p -> svg.append(";--" + p.name() + ":" + Paint.hex(p.light())));
    svg.append("}\n@media (prefers-color-scheme:dark){.nabla{color-scheme:dark");
    all.values().forEach(p -> svg.append(";--" + p.name() + ":" + Paint.hex(p.dark())));
    svg.append("}}\n");
    filled.forEach((name, p) -> rule(svg, name, "fill", p));
    svg.append(".l{fill:none;stroke-linejoin:round;stroke-linecap:round}\n");
    svg.append(".e{stroke-width:.5px;stroke-linejoin:round}\n");
    svg.append(".h{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}\n");
    stroked.forEach((name, p) -> rule(svg, name, "stroke", p));
    svg.append("</style>\n");
  }

  private static void rule(StringBuilder svg, String name, String property, Paint paint) {
    svg.append('.').append(name).append('{').append(property).append(':');
    svg.append(Paint.hex(paint.light()));
    if (paint.light() != paint.dark()) {
      svg.append(';').append(property).append(":var(--").append(paint.name()).append(')');
    }
    svg.append("}\n");
  }

  private String fill(Paint paint) {
    filled.put("f-" + paint.name(), paint);
    return "f-" + paint.name();
  }

  private String stroke(Paint paint) {
    stroked.put("s-" + paint.name(), paint);
    return "s-" + paint.name();
  }

  private void write(Mark mark) {
    switch (mark) {
      case Mark.Area area -> {
        body.append("<path class=\"").append(fill(area.paint()));
        body.append("\" fill-rule=\"evenodd\" d=\"");
        for (List<Point> ring : area.rings()) path(ring, true);
        body.append("\"/>\n");
      }
      case Mark.Facet facet -> {
        body.append("<path class=\"e ").append(fill(facet.paint())).append(' ');
        body.append(stroke(facet.edge())).append("\" d=\"");
        path(facet.ring(), true);
        body.append("\"/>\n");
      }
      case Mark.Lines lines -> {
        body.append("<path class=\"l ").append(stroke(lines.paint()));
        body.append("\" stroke-width=\"").append(number(lines.width())).append('"');
        if (lines.dash() == Dash.DASHED) body.append(" stroke-dasharray=\"6 4\"");
        body.append(" d=\"");
        for (List<Point> line : lines.lines()) path(line, false);
        body.append("\"/>\n");
      }
      case Mark.Symbol symbol -> symbol(symbol);
      case Mark.Label label -> label(label);
    }
  }

  private void symbol(Mark.Symbol symbol) {
    boolean ring = symbol.form() == Form.RING;
    String fill = fill(ring ? Paint.PAPER : symbol.paint());
    String stroke = stroke(ring ? symbol.paint() : Paint.PAPER);
    body.append("<path class=\"").append(fill).append(' ').append(stroke);
    body.append(ring ? "\" stroke-width=\"2\" d=\"" : "\" stroke-width=\"1\" d=\"");
    path(Symbols.outline(symbol.form(), symbol.at()), true);
    if (symbol.says().isEmpty()) body.append("\"/>\n");
    else body.append("\"><title>").append(escaped(symbol.says())).append("</title></path>\n");
  }

  private void label(Mark.Label label) {
    body.append("<text class=\"").append(fill(label.font().paint()));
    if (label.halo() != null) body.append(" h ").append(stroke(label.halo()));
    body.append("\" x=\"").append(number(label.at().x()));
    body.append("\" y=\"").append(number(label.at().y()));
    body.append("\" font-size=\"").append(number(label.font().size())).append('"');
    if (label.font().bold()) body.append(" font-weight=\"600\"");
    if (label.anchor() == Anchor.MIDDLE) body.append(" text-anchor=\"middle\"");
    if (label.anchor() == Anchor.END) body.append(" text-anchor=\"end\"");
    if (label.angle() != 0) {
      body.append(" transform=\"rotate(").append(number(label.angle()));
      body.append(' ').append(number(label.at().x()));
      body.append(' ').append(number(label.at().y())).append(")\"");
    }
    body.append('>').append(escaped(label.text())).append("</text>\n");
  }

  /** In tenths, each point as seen from the one before it. */
  private void path(List<Point> points, boolean closed) {
    long x = 0;
    long y = 0;
    String next = "l";
    for (int k = 0; k < points.size(); k++) {
      long nextX = Math.round(points.get(k).x() * 10);
      long nextY = Math.round(points.get(k).y() * 10);
      if (k > 0 && nextX == x && nextY == y) continue;
      body.append(k == 0 ? "M" : next);
      if (k > 0) next = " ";
      body.append(tenths(nextX - x)).append(' ').append(tenths(nextY - y));
      x = nextX;
      y = nextY;
    }
    if (closed) body.append('z');
  }

  private static String number(double value) {
    return tenths(Math.round(value * 10));
  }

  private static String tenths(long tenths) {
    String sign = tenths < 0 ? "-" : "";
    long size = Math.abs(tenths);
    return sign + size / 10 + (size % 10 == 0 ? "" : "." + size % 10);
  }

  /** What XML does not allow at all becomes a question mark. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : '?');
              }
            });
    return escaped.toString();
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c < 0xd800)
        || (c >= 0xe000 && c < 0xfffe)
        || c >= 0x10000;
  }
}
