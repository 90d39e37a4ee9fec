package nabla.lang;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Size;

/** Reads {@code A: matrix[n,n] symmetric; x, y: vector[n]; c: scalar positive}. */
public final class Declarations {
  private static final Set<Property> MATRIX_ONLY =
      EnumSet.of(
          Property.SYMMETRIC,
          Property.SKEW,
          Property.DIAGONAL,
          Property.LOWER,
          Property.UPPER,
          Property.ORTHOGONAL,
          Property.INVERTIBLE,
          Property.PSD,
          Property.PD);
  private static final Set<Property> VECTOR_ONLY = EnumSet.of(Property.SIMPLEX, Property.UNIT);

  private final String source;
  private final List<Token> tokens;
  private int at;

  private Declarations(String source) {
    this.source = source;
    this.tokens = Lexer.read(source);
  }

  /**
   * The declarations in order.
   *
   * @throws NablaException with {@link Code#DECLARATION}, {@link Code#PROPERTY} or {@link
   *     Code#SYNTAX}; its span counts in {@code source}
   */
  public static List<Declaration> parse(String source) {
    return new Declarations(source).all();
  }

  private NablaException error(Code code, Span span, String message, String hint) {
    return new NablaException(new Diagnostic(code, message, span, source, hint));
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean accept(String symbol) {
    if (!peek().is(symbol)) return false;
    at++;
    return true;
  }

  private List<Declaration> all() {
    List<Declaration> all = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    while (true) {
      while (accept(";")) {}
      if (peek().kind() == Token.Kind.END) return List.copyOf(all);
      for (Declaration d : declaration()) {
        if (!names.add(d.name())) {
          throw error(Code.DECLARATION, d.span(), d.name() + " is declared twice", "");
        }
        all.add(d);
      }
    }
  }

  private List<Declaration> declaration() {
    List<Token> names = new ArrayList<>();
    do {
      if (peek().kind() != Token.Kind.NAME) {
        throw error(
            Code.DECLARATION,
            peek().span(),
            "a name is expected, found " + peek().described(),
            "write x: vector[n]");
      }
      names.add(tokens.get(at++));
    } while (accept(","));
    if (!accept(":")) {
      throw error(
          Code.DECLARATION,
          peek().span(),
          "':' is expected after " + names.getLast().text() + ", found " + peek().described(),
          "write " + names.getLast().text() + ": vector[n]");
    }
    Kind kind = kind();
    List<Size> sizes = sizes(kind, names.getLast());
    Set<Property> properties = properties(kind, sizes);
    if (!peek().is(";") && peek().kind() != Token.Kind.END) {
      throw error(
          Code.DECLARATION,
          peek().span(),
          peek().described() + " is not expected here",
          "separate declarations by ';'");
    }
    List<Declaration> all = new ArrayList<>();
    for (Token name : names) {
      rejectFunction(name);
      all.add(new Declaration(name.text(), kind, sizes, properties, name.span()));
    }
    return all;
  }

  private void rejectFunction(Token name) {
    boolean function = Calls.isFunction(name.text());
    if (function) {
      throw error(
          Code.DECLARATION,
          name.span(),
          name.text() + " is a function and can't be a variable",
          "take another name, such as " + name.text() + "_1");
    }
  }

  private Kind kind() {
    Token t = peek();
    List<String> labels = Arrays.stream(Kind.values()).map(Kind::label).toList();
    if (t.kind() == Token.Kind.NAME) {
      at++;
      int place = labels.indexOf(t.text());
      if (place >= 0) return List.of(Kind.values()).get(place);
      String nearest = Suggestions.nearest(t.text(), labels);
      throw error(
          Code.DECLARATION,
          t.span(),
          t.text() + " is no kind",
          nearest == null
              ? "kinds are " + String.join(", ", labels)
              : "did you mean " + nearest + "?");
    }
    throw error(
        Code.DECLARATION,
        t.span(),
        "a kind is expected, found " + t.described(),
        "kinds are " + String.join(", ", labels));
  }

  private List<Size> sizes(Kind kind, Token name) {
    Token open = peek();
    if (!accept("[")) {
      if (kind == Kind.TENSOR) {
        throw error(
            Code.DECLARATION, open.span(), "a tensor needs its sizes", "write tensor[m,n,k]");
      }
      return List.of();
    }
    List<Size> sizes = new ArrayList<>();
    do {
      sizes.add(sum());
    } while (accept(","));
    Token end = peek();
    if (!accept("]")) {
      throw error(
          Code.DECLARATION,
          end.kind() == Token.Kind.END ? open.span() : end.span(),
          "the sizes of " + name.text() + " are not closed",
          "add a ']'");
    }
    if (kind.rank() >= 0 && kind.rank() != sizes.size()) {
      throw error(
          Code.DECLARATION,
          open.span().to(end.span()),
          "a " + kind.label() + " has " + kind.rank() + " sizes, not " + sizes.size(),
          "");
    }
    return List.copyOf(sizes);
  }

  private Size sum() {
    Size sum = product();
    while (true) {
      if (accept("+")) sum = sum.plus(product());
      else if (accept("-")) sum = sum.plus(product().times(Size.of(-1)));
      else return sum;
    }
  }

  private Size product() {
    Size product = atom();
    while (accept("*")) product = product.times(atom());
    return product;
  }

  private Size atom() {
    Token t = peek();
    if (t.kind() == Token.Kind.NAME) {
      at++;
      return Size.of(t.text());
    }
    if (t.kind() == Token.Kind.NUMBER) {
      at++;
      Rational value = Rational.parse(t.text());
      if (value.isInt() && value.signum() > 0) return Size.of(value.intValue());
    }
    throw error(
        Code.DECLARATION,
        t.span(),
        "a size is a name or a whole number from 1, found " + t.described(),
        "");
  }

  private Set<Property> properties(Kind kind, List<Size> sizes) {
    Set<Property> found = EnumSet.noneOf(Property.class);
    List<String> labels = Arrays.stream(Property.values()).map(Property::label).toList();
    while (peek().kind() == Token.Kind.NAME) {
      Token t = tokens.get(at++);
      int place = labels.indexOf(t.text());
      if (place < 0) {
        String nearest = Suggestions.nearest(t.text(), labels);
        throw error(
            Code.PROPERTY,
            t.span(),
            t.text() + " is no property",
            nearest == null
                ? "properties are " + String.join(", ", labels)
                : "did you mean " + nearest + "?");
      }
      Property property = List.of(Property.values()).get(place);
      check(property, kind, sizes, t.span());
      found.add(property);
      rejectContradiction(found, t.span());
    }
    return found;
  }

  private void check(Property property, Kind kind, List<Size> sizes, Span span) {
    if (MATRIX_ONLY.contains(property) && kind != Kind.MATRIX) {
      throw error(
          Code.PROPERTY,
          span,
          "only a matrix can be " + property.label() + ", not a " + kind.label(),
          "");
    }
    if (VECTOR_ONLY.contains(property) && kind != Kind.VECTOR) {
      throw error(
          Code.PROPERTY,
          span,
          "only a vector can be " + property.label() + ", not a " + kind.label(),
          "");
    }
    boolean square = Shapes.isSquare(EnumSet.of(property));
    if (square && sizes.size() == 2 && !sizes.get(0).equals(sizes.get(1))) {
      throw error(
          Code.PROPERTY,
          span,
          "only a square matrix can be "
              + property.label()
              + ", but the sizes are "
              + sizes.get(0)
              + " and "
              + sizes.get(1),
          "");
    }
  }

  private void rejectContradiction(Set<Property> found, Span span) {
    boolean skewed =
        found.contains(Property.SKEW)
            && (found.contains(Property.SYMMETRIC)
                || found.contains(Property.PD)
                || found.contains(Property.PSD)
                || found.contains(Property.DIAGONAL));
    if (skewed) {
      throw error(
          Code.DECLARATION,
          span,
          "a matrix can't be skew and symmetric unless it is zero",
          "delete one of the two");
    }
  }
}
