package nabla.cli;

import nabla.Derivative;
import nabla.Form;
import nabla.Layout;

/** The other layouts and forms of a derivative, for people. */
final class FormsText {
  private FormsText() {}

  /** The layouts, each with its shape and what an entry of it is. */
  static String layouts(Derivative derivative) {
    StringBuilder text = new StringBuilder();
    for (Layout layout : Layout.values()) {
      text.append('\n').append(layout.label()).append(" layout\n");
      text.append(DiffText.formula(derivative.in(layout)).indent(2));
    }
    return text.toString();
  }

  /** The forms that exist, each with what it says; and why there is none in matrices. */
  static String forms(Derivative derivative) {
    StringBuilder text = new StringBuilder();
    if (derivative.isIndexed()) {
      text.append("\nno matrix form: ").append(derivative.whyIndexed()).append('\n');
    }
    for (Form form : derivative.forms()) {
      text.append('\n').append(form.kind().label()).append(": ").append(form.meaning());
      text.append('\n');
      boolean named = form.formula().isIndexed();
      String formula = form.formula().text();
      text.append((named ? formula : form.label() + " = " + formula).indent(2));
    }
    return text.toString();
  }
}
