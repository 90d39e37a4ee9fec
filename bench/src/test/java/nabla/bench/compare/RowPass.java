package nabla.bench.compare;

/**
 * One pass over the rows of a matrix that adds up a vector: what a gradient needs that multiplies
 * by the matrix and then by its transpose. Rows are taken in blocks that stay in the second-level
 * cache from the one product to the other, so that memory is read once.
 */
final class RowPass {
  private static final long CACHED = 48 * 1024;

  /** What is done for a block of rows. */
  @FunctionalInterface
  interface Block {
    /**
     * Adds to the member's sum.
     *
     * @param sum the address of the vector to be added to
     */
    void run(int member, int from, int to, long sum);
  }

  private final Team team;
  private final int rows;
  private final int columns;
  private final int height;
  private final Array sums;

  RowPass(Team team, int rows, int columns) {
    this.team = team;
    this.rows = rows;
    this.columns = columns;
    height = Math.clamp(CACHED / columns / 4 * 4, 4, Math.max(4, rows));
    sums = Array.of(team.size(), stride());
  }

  /** Puts the sum over all blocks. */
  void run(Array sum, Block block) {
    int parts = run(block);
    Memory.copy(sums.address(), sum.address(), columns);
    for (int member = 1; member < parts; member++) {
      Blas.axpy(columns, 1, sumOf(member), sum.address());
    }
  }

  /** Leaves the sums with the members: how many had a share. */
  int run(Block block) {
    return team.rows(
        rows,
        columns,
        (member, from, to) -> {
          Memory.zero(sumOf(member), columns);
          for (int start = from; start < to; start += height) {
            block.run(member, start, Math.min(to, start + height), sumOf(member));
          }
        });
  }

  /** The address of a member's sum. */
  long sumOf(int member) {
    return sums.at((long) member * stride());
  }

  /** Sums lie on cache lines of their own. */
  private int stride() {
    return (columns + 15) / 8 * 8;
  }
}
