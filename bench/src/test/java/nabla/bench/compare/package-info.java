/**
 * The same problems in several systems, with the same data: {@code bench/compare}. Each system runs
 * in a process of its own, a {@link nabla.bench.compare.Worker} or {@code bench/peers/worker.py},
 * which {@link nabla.bench.compare.Compare} asks for results first and for times afterwards. The
 * problems are also those at which the engine is measured alone: {@link
 * nabla.bench.compare.EngineTables} and {@link nabla.bench.compare.Growth}.
 */
@NullMarked
package nabla.bench.compare;

import org.jspecify.annotations.NullMarked;
