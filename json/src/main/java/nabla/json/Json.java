package nabla.json;

import io.avaje.json.JsonWriter;
import io.avaje.json.stream.JsonStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, strings, numbers, booleans and nulls as JSON. */
public final class Json {
  private static final int REPLACEMENT = 0xFFFD;
  private static final JsonStream STREAM =
      JsonStream.builder().serializeNulls(true).serializeEmpty(true).build();

  private Json() {}

  /** The value on one line; numbers that JSON has no spelling for are texts. */
  public static String write(Object value) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = STREAM.writer(text)) {
      write(writer, value);
    }
    return text.toString();
  }

  /** Half of a surrogate pair is no character; UTF-8 has no bytes for it. */
  private static String wellFormed(String text) {
    int[] characters =
        text.codePoints()
            .map(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
            .toArray();
    return new String(characters, 0, characters.length);
  }

  private static void write(JsonWriter writer, @Nullable Object value) {
    switch (value) {
      case null -> writer.nullValue();
      case Map<?, ?> fields -> {
        writer.beginObject();
        fields.forEach(
            (name, field) -> {
              writer.name(wellFormed(String.valueOf(name)));
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
      default -> writer.value(wellFormed(value.toString()));
    }
  }
}
