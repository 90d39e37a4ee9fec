package nabla.bench.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A system in a process of its own, which answers as {@link Worker} says. */
final class RivalProcess implements AutoCloseable {
  private static final List<String> JAVA =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-Xmx2g");

  private static final ScheduledExecutorService ALARMS =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  private final Rival rival;
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;

  private RivalProcess(Rival rival, Process process) {
    this.rival = rival;
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts a system; its first answer is to be read.
   *
   * @param folder where its messages go, apart from answers
   */
  static RivalProcess start(Rival rival, int threads, Path peers, Path folder) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(rival, threads, peers));
    builder.redirectError(folder.resolve(rival.title() + ".log").toFile());
    Map<String, String> environment = builder.environment();
    // forced kernels and cache sizes: each takes what is best for the machine
    environment.remove("OPENBLAS_CORETYPE");
    environment.remove("OPENBLAS_L2_SIZE");
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    for (String library : List.of("OPENBLAS", "OMP", "MKL")) {
      environment.put(library + "_NUM_THREADS", Integer.toString(threads));
    }
    return new RivalProcess(rival, builder.start());
  }

  private static List<String> command(Rival rival, int threads, Path peers) {
    List<String> command = new ArrayList<>();
    // JAX has no setting for its threads: it takes as many as there are cores
    if (rival == Rival.JAX) command.addAll(List.of("taskset", "-c", "0-" + (threads - 1)));
    if (rival.inJvm()) {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(JAVA);
      command.add("-D" + Blas.FOLDER + "=" + System.getProperty(Blas.FOLDER));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(Worker.class.getName());
    } else {
      command.addAll(List.of("python3", peers.resolve("worker.py").toString()));
    }
    command.addAll(List.of(rival.title(), Integer.toString(threads)));
    return command;
  }

  Rival rival() {
    return rival;
  }

  Answer ask(String command) throws IOException {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      return ended();
    }
    return answer();
  }

  /** Asks for what may take too long: then the answer is late and the process is ended. */
  Answer ask(String command, Duration limit) throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> alarm =
        ALARMS.schedule(
            () -> {
              late.set(true);
              process.destroyForcibly();
            },
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    Answer answer = ask(command);
    alarm.cancel(false);
    return late.get() ? new Answer("late", "") : answer;
  }

  Answer answer() throws IOException {
    String line = answers.readLine();
    if (line == null) return ended();
    int space = line.indexOf(' ');
    return space < 0
        ? new Answer(line, "")
        : new Answer(line.substring(0, space), line.substring(space + 1));
  }

  private static Answer ended() {
    return new Answer("failed", "the process ended");
  }

  @Override
  public void close() {
    try {
      commands.close();
    } catch (IOException _) {
      // it has ended already
    }
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }

  /** A line: its first word and the rest. */
  record Answer(String kind, String text) {
    boolean ok() {
      return !kind.equals("none") && !kind.equals("failed") && !isLate();
    }

    boolean isLate() {
      return kind.equals("late");
    }

    /** The median, the quartiles and the number of samples. */
    Timing timing() {
      String[] words = text.split(" ", -1);
      return new Timing(
          Double.parseDouble(words[0]),
          Double.parseDouble(words[1]),
          Double.parseDouble(words[2]),
          Integer.parseInt(words[3]));
    }
  }
}
