/** The page and its JSON interface: HTTP, limits and nothing else. No mathematics. */
@NullMarked
package nabla.web;

import org.jspecify.annotations.NullMarked;
