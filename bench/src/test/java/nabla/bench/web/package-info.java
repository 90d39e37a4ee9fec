/** How the server bears load: what docs/benchmarks.md reports of it. */
@NullMarked
package nabla.bench.web;

import org.jspecify.annotations.NullMarked;
