/**
 * Arrays in files: .npy and .npz, CSV, Matrix Market, JSON. {@link nabla.engine.data.DataFile} is
 * the door; each format is a class of its own that knows neither the others nor files, only bytes.
 */
@NullMarked
package nabla.engine.data;

import org.jspecify.annotations.NullMarked;
