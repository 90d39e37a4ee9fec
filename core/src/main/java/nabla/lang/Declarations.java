package nabla.lang;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.operation.FunctionSymbol;
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
          Property.TOEPLITZ,
          Property.ORTHOGONAL,
          Property.IDEMPOTENT,
          Property.INVERTIBLE,
          Property.PSD,
          Property.PD);
  private static final Set<Property> VECTOR_ONLY = EnumSet.of(Property.SIMPLEX, Property.UNIT);

  /** What other systems call properties. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "spd", "pd",
          "posdef", "pd",
          "positivedefinite", "pd",
          "positivesemidefinite", "psd",
          "orthonormal", "orthogonal",
          "projection", "idempotent",
          "antisymmetric", "skew",
          "skewsymmetric", "skew",
          "nonsingular", "invertible");

  private final String source;
  private final List<Token> tokens;
  private final List<FunctionSymbol> functions = new ArrayList<>();
  private int at;

  private Declarations(String source) {
    this.source = source;
    this.tokens = Lexer.read(source);
  }

  /**
   * What is declared, in order.
   *
   * @param functions those of which only the kinds are known, as in {@code f: vector[n] -> scalar}
   */
  public record Declared(List<Declaration> variables, List<FunctionSymbol> functions) {}

  /**
   * The declarations in order.
   *
   * @throws NablaException with {@link Code#DECLARATION}, {@link Code#PROPERTY} or {@link
   *     Code#SYNTAX}; its span counts in {@code source}
   */
  public static Declared parse(String source) {
    Declarations declarations = new Declarations(source);
    List<Declaration> variables = declarations.all();
    return new Declared(variables, List.copyOf(declarations.functions));
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
      all.addAll(declaration(names));
    }
  }

  /**
   * @param declared the names before; gets the new ones
   */
  private List<Declaration> declaration(Set<String> declared) {
    List<Token> names = names();
    for (Token name : names) {
      rejectFunction(name);
      if (!declared.add(name.text())) {
        throw error(Code.DECLARATION, name.span(), name.text() + " is declared twice", "");
      }
    }
    Kind kind = kind();
    List<Size> sizes = sizes(kind);
    rejectEmpty(names.getLast().text(), names.getLast(), sizes);
    if (peek().is("->")) {
      List<Size> result = result(kind, sizes);
      for (Token name : names) functions.add(new FunctionSymbol(name.text(), sizes, result));
      return List.of();
    }
    Set<Property> properties = properties(kind, sizes);
    if (!peek().is(";") && peek().kind() != Token.Kind.END) throw unexpected(kind);
    return names.stream()
        .map(name -> new Declaration(name.text(), kind, sizes, properties, name.span()))
        .toList();
  }

  /** What a function gives, after the arrow. */
  private List<Size> result(Kind argument, List<Size> argumentSizes) {
    Token arrow = tokens.get(at++);
    requireSizes(argument, argumentSizes, arrow);
    Kind kind = kind();
    List<Size> sizes = sizes(kind);
    requireSizes(kind, sizes, arrow);
    rejectEmpty("the value", arrow, sizes);
    if (peek().is(";") || peek().kind() == Token.Kind.END) return sizes;
    throw error(
        Code.DECLARATION,
        peek().span(),
        peek().described() + " is not expected after the kind of a value",
        "separate declarations by ';'");
  }

  private void requireSizes(Kind kind, List<Size> sizes, Token arrow) {
    if (kind == Kind.SCALAR || !sizes.isEmpty()) return;
    throw error(
        Code.DECLARATION,
        arrow.span(),
        "a function needs the sizes of its argument and of its value",
        "write f: vector[n] -> scalar");
  }

  private void rejectEmpty(String what, Token where, List<Size> sizes) {
    if (sizes.stream().noneMatch(s -> s.isNumber() && s.toString().matches("0|-.*"))) return;
    throw error(Code.DECLARATION, where.span(), "a size of " + what + " is less than 1", "");
  }

  /** The names before the colon. */
  private List<Token> names() {
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
          example(names.getLast()));
    }
    return names;
  }

  /** A declaration of a name, or of what stands after a property. */
  private String example(Token name) {
    boolean property = properties().contains(name.text());
    boolean more = property && peek().kind() == Token.Kind.NAME;
    String variable = more ? peek().text() : property ? "A" : name.text();
    String kind = Character.isUpperCase(variable.charAt(0)) ? "matrix[n,n]" : "vector[n]";
    return "write " + variable + ": " + kind + (property ? " " + name.text() : "");
  }

  private static List<String> properties() {
    return Arrays.stream(Property.values()).map(Property::label).toList();
  }

  private void rejectFunction(Token name) {
    if (Calls.isFunction(name.text())) {
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
      if (properties().contains(t.text())) {
        throw error(
            Code.DECLARATION,
            t.span(),
            t.text() + " is a property and stands after a kind",
            "write matrix[n,n] " + t.text());
      }
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

  private List<Size> sizes(Kind kind) {
    Token open = peek();
    if (!accept("[")) {
      if (kind == Kind.TENSOR) {
        throw error(
            Code.DECLARATION,
            tokens.get(at - 1).span(),
            "a tensor needs its sizes",
            "write tensor[m,n,k]");
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
          end.kind() == Token.Kind.END
              ? "'[' is never closed"
              : end.described() + " is not expected in a size",
          end.kind() == Token.Kind.END
              ? "add a ']'"
              : end.kind() == Token.Kind.NAME
                  ? "separate sizes by ','"
                  : "sizes are sums and products of names and whole numbers");
    }
    if (kind.rank() >= 0 && kind.rank() != sizes.size()) {
      throw error(
          Code.DECLARATION,
          open.span().to(end.span()),
          "a "
              + kind.label()
              + " has "
              + Mistakes.count(kind.rank(), "size", "sizes")
              + ", not "
              + sizes.size(),
          sizes.size() > 2 ? "write tensor" : "write " + Kind.of(sizes.size()).label());
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
      if (value.isInteger() && value.signum() > 0) {
        throw error(Code.LIMIT, t.span(), "sizes go up to " + Integer.MAX_VALUE, "");
      }
    }
    throw error(
        Code.DECLARATION,
        t.span(),
        "a size is a name or a whole number from 1, found " + t.described(),
        "");
  }

  private Set<Property> properties(Kind kind, List<Size> sizes) {
    Set<Property> found = EnumSet.noneOf(Property.class);
    List<String> labels = properties();
    while (peek().kind() == Token.Kind.NAME) {
      Token t = tokens.get(at++);
      int place = labels.indexOf(t.text());
      if (place < 0) throw noProperty(t, kind, sizes);
      Property property = List.of(Property.values()).get(place);
      check(property, kind, sizes, t.span());
      found.add(property);
      rejectContradiction(found, t.span());
    }
    return found;
  }

  private NablaException noProperty(Token t, Kind kind, List<Size> sizes) {
    if (peek().is(":")) {
      return error(
          Code.DECLARATION,
          t.span(),
          "';' is missing before " + t.text(),
          "separate declarations by ';'");
    }
    List<String> labels = properties();
    String known = ELSEWHERE.get(t.text().toLowerCase(Locale.ROOT).replace("_", ""));
    String nearest = known != null ? known : Suggestions.nearest(t.text(), labels);
    String hint =
        nearest != null
            ? "did you mean " + nearest + "?"
            : sizes.isEmpty() && kind != Kind.SCALAR && t.text().length() == 1
                ? "write " + kind.label() + (kind == Kind.VECTOR ? "[n]" : "[m,n]") + " for sizes"
                : "properties are " + String.join(", ", labels);
    return error(Code.PROPERTY, t.span(), t.text() + " is no property", hint);
  }

  private NablaException unexpected(Kind kind) {
    Token t = peek();
    boolean round = t.is("(") && tokens.get(at - 1).text().equals(kind.label());
    boolean list =
        t.is(",") && at + 1 < tokens.size() && properties().contains(tokens.get(at + 1).text());
    return error(
        Code.DECLARATION,
        t.span(),
        t.described() + " is not expected here",
        round
            ? "write " + kind.label() + (kind == Kind.VECTOR ? "[n]" : "[m,n]")
            : list
                ? "write properties one after the other, without ','"
                : "separate declarations by ';'");
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
