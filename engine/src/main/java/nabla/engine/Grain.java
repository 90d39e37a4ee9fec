package nabla.engine;

/**
 * How large the pieces are that data are taken in. No result depends on it but by rounding.
 *
 * @param threads how many threads there may be
 * @param leastShare how many bytes of a pass are worth a thread
 * @param leastMerge how many bytes are read in the time in which the first sums come from the
 *     thread of another core, if they are more than a line of the cache
 * @param mergeCost the same for each byte of them
 * @param blockBytes what a block of rows may touch
 * @param longRow rows of more bytes make smaller blocks
 * @param longRowBlockBytes what a block of long rows may touch
 * @param leastBytes passes that touch less are done at once
 * @param uncachedBytes of so many bytes of data none are in the cache when they are read again
 * @param uncachedRow rows of so many bytes come from memory sooner one after the other than several
 *     at once, as dgemv reads them
 * @param productRows how many rows a block has that products with a large result share
 * @param rows of how many rows a block has a multiple
 * @param multipliedRows the same if they are multiplied with matrices, whose kernels like it
 * @param multipliedBytes what so many rows may touch
 * @param portion how many points of a loop are taken at a time
 * @param portionRows of how many rows a portion has a multiple: whole blocks of a transposition
 * @param leastPoints how many points of a loop are worth a thread
 */
record Grain(
    int threads,
    long leastShare,
    long leastMerge,
    int mergeCost,
    long blockBytes,
    long longRow,
    long longRowBlockBytes,
    long leastBytes,
    long uncachedBytes,
    long uncachedRow,
    int productRows,
    int rows,
    int multipliedRows,
    long multipliedBytes,
    int portion,
    int portionRows,
    int leastPoints) {

  /**
   * Blocks that fill a good part of the second cache, or where rows are long the first one;
   * portions that are called often, so that they are compiled soon.
   */
  static final Grain USUAL = usual(1);

  static Grain usual(int threads) {
    return new Grain(
        threads, 64 << 10, 32 << 10, 8, 640 << 10, 16 << 10, 256 << 10, 1 << 20, 24 << 20, 6 << 10,
        512, 8, 24, 800 << 10, 16_384, 32, 8_000);
  }
}
