package nabla.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.json.JsonText;

/** What a window does behind the reader's back: its requests, its console, its errors. */
final class Watch {
  private final String origin;
  private final List<Request> requests = new ArrayList<>();
  private final Set<Request> pending = new HashSet<>();
  private final List<String> troubles = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  Watch(Page page, String address) {
    origin = address;
    page.onRequest(requests::add);
    page.onRequest(pending::add);
    page.onRequestFinished(pending::remove);
    page.onRequestFailed(pending::remove);
    page.onPageError(error -> troubles.add("uncaught: " + error));
    page.onConsoleMessage(
        message -> {
          // violations of the Content-Security-Policy are errors here, too
          if (!message.type().equals("log")) {
            troubles.add(message.type() + ": " + message.text() + " " + message.location());
          }
        });
    page.onDialog(
        dialog -> {
          troubles.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onPopup(popup -> troubles.add("popup: " + popup.url()));
  }

  /** The questions of a kind that were put to the server since the last time, in their order. */
  List<Map<?, ?>> questions(String kind) {
    return requests.stream()
        .filter(request -> request.url().equals(origin + "api/" + kind))
        .<Map<?, ?>>map(request -> PageData.object(JsonText.value(request.postData())))
        .toList();
  }

  /** A test that breaks something on purpose expects the console to say so. */
  void expect(String message) {
    expected.add(message);
  }

  /** Whether nothing is asked at the moment. */
  boolean idle() {
    return pending.isEmpty();
  }

  int count() {
    return requests.size();
  }

  void forget() {
    requests.clear();
  }

  void requireQuiet() {
    List<String> since =
        troubles.stream().filter(text -> expected.stream().noneMatch(text::contains)).toList();
    List<Request> sent = List.copyOf(requests);
    troubles.clear();
    requests.clear();
    assertThat(since).isEmpty();
    assertThat(sent)
        .extracting(Request::url)
        .allSatisfy(url -> assertThat(url.replaceFirst("^blob:", "")).startsWith(origin));
  }
}
