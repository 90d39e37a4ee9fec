/** Arrays in files: .npy, CSV, Matrix Market, JSON. */
@NullMarked
package nabla.engine.data;

import org.jspecify.annotations.NullMarked;
