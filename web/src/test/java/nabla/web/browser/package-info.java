/** The page as a reader has it: in Chromium, with the server in this process. */
@NullMarked
package nabla.web.browser;

import org.jspecify.annotations.NullMarked;
