package nabla.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import nabla.Verdict;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the referee says to the mistakes of the table, each made in 25 exercises or in as many as
 * there are. Whether a claim is right after all is decided by finite differences.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MistakesTest {
  private static final int EXERCISES = 25;
  private static final double SHARE = 0.98;

  /**
   * A row of the table.
   *
   * @param kinds the verdicts that say what is wrong
   */
  record Row(String mistake, Set<String> kinds) {
    static Row of(String line) {
      String[] cells = line.split(" *\\| *", -1);
      return new Row(cells[0], Set.of(cells[1].split(" ", -1)));
    }

    @Override
    public String toString() {
      return mistake;
    }
  }

  private final List<Exercise> exercises = new ArrayList<>();
  private final List<Truth> truths = new ArrayList<>();
  private int claims;
  private int asExpected;

  static Stream<String> lines(String file) throws IOException {
    try (InputStream table = MistakesTest.class.getResourceAsStream("/nabla/" + file)) {
      byte[] bytes = Objects.requireNonNull(table).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#"));
    }
  }

  static List<Row> mistakes() throws IOException {
    return lines("mistakes.txt").map(Row::of).toList();
  }

  @BeforeAll
  void read() throws IOException {
    lines("exercises.txt").map(Exercise::of).forEach(exercises::add);
    exercises.forEach(e -> truths.add(new Truth(e)));
  }

  /** A claim that a mistake leads to in an exercise. */
  private record Case(int exercise, String claim) {}

  /** The first claim of each exercise, then the second ones. */
  private List<Case> cases(Row row) {
    List<List<String>> all =
        exercises.stream().map(e -> Mistakes.claims(row.mistake(), e).distinct().toList()).toList();
    Set<Case> cases = new LinkedHashSet<>();
    for (int turn = 0; turn < 4; turn++) {
      for (int k = 0; k < all.size() && cases.size() < EXERCISES; k++) {
        if (turn < all.get(k).size()) cases.add(new Case(k, all.get(k).get(turn)));
      }
    }
    return List.copyOf(cases);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isFound(Row row) {
    List<Case> cases = cases(row);
    assertThat(cases).as("exercises").hasSizeGreaterThan(4);
    for (Case c : cases) {
      Exercise exercise = exercises.get(c.exercise());
      Truth.Kind truth = truths.get(c.exercise()).of(c.claim());
      String kind = kind(exercise, c.claim());
      String what = exercise + ", claim " + c.claim() + ": " + kind;
      boolean right = Set.of("right", "right-but-long", "other-layout").contains(kind);
      assertThat(right).as(what).isEqualTo(truth == Truth.Kind.RIGHT);
      boolean expected =
          right
              || (truth == Truth.Kind.MISSHAPEN
                  ? Set.of("shape", "refused", "right-only-if").contains(kind)
                  : row.kinds().contains(kind));
      claims++;
      if (expected) asExpected++;
    }
  }

  private static String kind(Exercise exercise, String claim) {
    try {
      Verdict verdict = exercise.right().judge(claim);
      boolean conditional = verdict.kind() == Verdict.Kind.RIGHT_ONLY_IF;
      if (conditional && !verdict.message().endsWith(" square")) {
        Truth there = new Truth(exercise, Assumed.in(verdict.message()));
        assertThat(there.of(claim))
            .as("%s, claim %s: %s", exercise, claim, verdict.message())
            .isEqualTo(Truth.Kind.RIGHT);
      }
      return verdict.kind().label();
    } catch (NablaException e) {
      assertThat(e.diagnostic().code()).isIn(Code.SHAPE, Code.KIND, Code.SYNTAX, Code.NAME);
      return "refused";
    }
  }

  @AfterAll
  void mostAreNamed() {
    System.out.println(asExpected + " of " + claims + " claims get an expected verdict");
    assertThat(asExpected)
        .as("of %d claims", claims)
        .isGreaterThanOrEqualTo((int) (SHARE * claims));
  }
}
