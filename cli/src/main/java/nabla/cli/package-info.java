/** The command line: reads arguments, calls core, renders answers. No mathematics. */
@NullMarked
package nabla.cli;

import org.jspecify.annotations.NullMarked;
