package nabla.lang;

import java.text.Normalizer;

/** Characters that look like ones of the language but are others. */
final class Lookalikes {
  private static final String CYRILLIC = "АВЕКМНОРСТХЅІЈасеорхуѕіј";
  private static final String LATIN = "ABEKMHOPCTXSIJaceopxysij";

  private Lookalikes() {}

  /** What to write instead of a character; empty if nothing comes to mind. */
  static String hint(int c) {
    if (c == 0xFFFD) return "write the text in UTF-8";
    int type = Character.getType(c);
    if (type == Character.FORMAT || Character.isISOControl(c))
      return "delete the invisible character";
    if (Character.isSpaceChar(c)) return "write a plain space";
    int cyrillic = CYRILLIC.indexOf(c);
    if (cyrillic >= 0) return "this is Cyrillic; write a Latin " + LATIN.charAt(cyrillic);
    if (c < 128) return "";
    String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
    boolean ascii = plain.length() == 1 && plain.charAt(0) > ' ' && plain.charAt(0) < 127;
    if (ascii) return "write a plain '" + plain + "'";
    if (type == Character.NON_SPACING_MARK) return "delete the accent";
    if (Character.isLetter(c)) return "names are written in Latin or Greek letters";
    return "";
  }
}
