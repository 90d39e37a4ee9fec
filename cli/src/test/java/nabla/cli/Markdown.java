package nabla.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The fenced blocks of a page. */
final class Markdown {
  /**
   * @param language what stands after the fence: a language, and for an excerpt the file
   * @param line the number of its first line inside the fence
   * @param start where its text begins in the page
   */
  record Block(String language, int line, int start, String text) {
    boolean isExcerpt() {
      return language.contains(" ");
    }

    String path() {
      return language.substring(language.indexOf(' ') + 1);
    }

    String in(String page, String replacement) {
      return page.substring(0, start) + replacement + page.substring(start + text.length());
    }
  }

  private Markdown() {}

  /** Each line with its end. */
  static List<String> lines(String text) {
    return Pattern.compile(".*\n|.+$").matcher(text).results().map(MatchResult::group).toList();
  }

  static List<Block> blocks(String page) {
    List<Block> blocks = new ArrayList<>();
    String open = null;
    int start = 0;
    int firstLine = 0;
    int position = 0;
    int number = 0;
    for (String line : lines(page)) {
      number++;
      if (line.startsWith("```")) {
        if (open == null) {
          open = line.substring(3).strip();
          start = position + line.length();
          firstLine = number + 1;
        } else {
          blocks.add(new Block(open, firstLine, start, page.substring(start, position)));
          open = null;
        }
      }
      position += line.length();
    }
    if (open != null) throw new IllegalArgumentException("the fence before line " + firstLine);
    return blocks;
  }
}
