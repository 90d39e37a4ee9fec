package nabla.cli;

import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.json.stream.JsonStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import org.jspecify.annotations.Nullable;

/**
 * JSON as maps, lists, strings, numbers, booleans and nulls. Numbers are read as {@link
 * BigDecimal}, so that an id comes back as it was sent.
 */
final class Json {
  private static final int DEEPEST = 60;
  private static final JsonStream STREAM =
      JsonStream.builder().serializeNulls(true).serializeEmpty(true).build();

  private Json() {}

  /**
   * Reads one value.
   *
   * @throws NablaException with {@link Code#REQUEST} if the text is no JSON
   */
  static @Nullable Object read(String text) {
    // Inside a list: the reader stops after a value, so that what follows it would go unnoticed.
    try (JsonReader reader = STREAM.reader("[" + text + "]")) {
      List<@Nullable Object> values = list(reader, 0);
      if (values.size() == 1) return values.getFirst();
      throw malformed(values.isEmpty() ? "the line is empty" : "more than one value on the line");
    } catch (JsonException | NumberFormatException e) {
      throw malformed(Objects.requireNonNullElse(e.getMessage(), "unreadable"));
    }
  }

  private static NablaException malformed(String why) {
    String line = why.lines().findFirst().orElse("").strip();
    return new NablaException(Code.REQUEST, "this is no JSON: " + line);
  }

  private static @Nullable Object value(JsonReader reader, int depth) {
    if (depth > DEEPEST) throw malformed("nested deeper than " + DEEPEST);
    return switch (reader.currentToken()) {
      case BEGIN_ARRAY -> list(reader, depth);
      case BEGIN_OBJECT -> object(reader, depth);
      case BOOLEAN -> reader.readBoolean();
      case NUMBER -> reader.readDecimal();
      case STRING -> reader.readString();
      case NULL -> {
        if (!reader.isNullValue()) throw malformed("a value is missing");
        yield null;
      }
    };
  }

  private static List<@Nullable Object> list(JsonReader reader, int depth) {
    List<@Nullable Object> values = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNextElement()) values.add(value(reader, depth + 1));
    reader.endArray();
    return values;
  }

  private static Map<String, @Nullable Object> object(JsonReader reader, int depth) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNextField()) {
      String name = reader.nextField();
      Object value = value(reader, depth + 1);
      if (fields.containsKey(name)) throw malformed("the field \"" + name + "\" stands twice");
      fields.put(name, value);
    }
    reader.endObject();
    return fields;
  }

  /** The value on one line; numbers that JSON has no spelling for are texts. */
  static String write(Object value) {
    java.io.StringWriter text = new java.io.StringWriter();
    try (JsonWriter writer = STREAM.writer(text)) {
      write(writer, value);
    }
    return text.toString();
  }

  private static void write(JsonWriter writer, @Nullable Object value) {
    switch (value) {
      case null -> writer.nullValue();
      case Map<?, ?> fields -> {
        writer.beginObject();
        fields.forEach(
            (name, field) -> {
              writer.name(String.valueOf(name));
              write(writer, field);
            });
        writer.endObject();
      }
      case List<?> values -> {
        writer.beginArray();
        for (Object v : values) write(writer, v);
        writer.endArray();
      }
      case Boolean b -> writer.value(b.booleanValue());
      case BigDecimal number -> writer.value(number);
      case Long number -> writer.value(number.longValue());
      case Integer number -> writer.value(number.intValue());
      case Double number when number.isNaN() || number.isInfinite() ->
          writer.value(number.toString());
      case Double number -> writer.value(number.doubleValue());
      default -> writer.value(value.toString());
    }
  }
}
