package io.github.qosrl.linux.ssh;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of a remote host through one shell that stays there: a read costs one round trip and,
 * of text that is not empty, no process. Thread-safe.
 */
final class RemoteFiles implements AutoCloseable {
  /** Answers each path with the lines of the file, each behind a space, and a word at the end. */
  private static final String SCRIPT =
      """
      while IFS= read -r path; do
        if [ ! -e "$path" ]; then echo absent
        elif [ -d "$path" ]; then echo failed
        elif [ ! -r "$path" ]; then echo refused
        else
          empty=yes
          { while IFS= read -r line || [ -n "$line" ]; do
            printf ' %s\\n' "$line"
            empty=
          done <"$path"; } 2>/dev/null
          if [ -n "$empty" ] && ! cat "$path" >/dev/null 2>&1; then echo failed; else echo end; fi
        fi
      done
      """;

  private final Host host;
  private @Nullable HostProcess shell;
  private @Nullable BufferedReader answers;

  RemoteFiles(Host host) {
    this.host = host;
  }

  synchronized String read(String path) throws HostException {
    if (path.indexOf('\n') >= 0) {
      throw new HostException(
          HostException.Kind.UNREACHABLE, "there is no '%s' on %s".formatted(path, host.name()));
    }
    try {
      BufferedReader from = ask(path);
      StringBuilder text = new StringBuilder();
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        if (!line.startsWith(" ")) {
          return answer(line, text.toString(), path);
        }
        text.append(line, 1, line.length()).append('\n');
      }
    } catch (IOException e) {
      // As below: it ended.
    }
    close();
    throw new HostException(
        HostException.Kind.NOT_CONNECTED,
        "the connection to %s was lost while %s was read".formatted(host.name(), path));
  }

  private BufferedReader ask(String path) throws HostException, IOException {
    HostProcess running = shell;
    BufferedReader from = answers;
    if (running == null || from == null || !running.alive()) {
      close();
      running = host.start(Command.of("sh", "-c", SCRIPT));
      from = new BufferedReader(new InputStreamReader(running.stdout(), StandardCharsets.UTF_8));
      shell = running;
      answers = from;
    }
    running.stdin().write((path + "\n").getBytes(StandardCharsets.UTF_8));
    running.stdin().flush();
    return from;
  }

  private String answer(String word, String text, String path) throws HostException {
    switch (word) {
      case "end":
        return text;
      case "absent":
        throw new HostException(
            HostException.Kind.UNREACHABLE, "there is no %s on %s".formatted(path, host.name()));
      case "refused":
        throw new HostException(
            HostException.Kind.NOT_PERMITTED,
            "%s on %s may not be read by this user; to fix: log in as root"
                .formatted(path, host.name()));
      default:
        throw new HostException(
            HostException.Kind.FAILED, "%s on %s could not be read".formatted(path, host.name()));
    }
  }

  @Override
  public synchronized void close() {
    HostProcess running = shell;
    shell = null;
    answers = null;
    if (running != null) {
      running.close();
    }
  }
}
