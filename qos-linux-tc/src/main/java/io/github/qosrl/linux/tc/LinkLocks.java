package io.github.qosrl.linux.tc;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second controller off what this one is in charge of.
 *
 * <p>A small shell on the host holds advisory locks (flock(2)) on directories of the interfaces in
 * sysfs. Such a directory belongs to one interface of one network namespace and goes away with it,
 * so no file is left over, and the kernel frees the lock when its holder dies. What a dead
 * controller left behind is thus told from what a living one owns.
 *
 * <p>The shell outlives its controller until the guard is done that puts the interfaces back: a new
 * controller must neither take for its own what the guard is about to remove, nor have the guard
 * remove what it set up itself. Not thread-safe.
 */
final class LinkLocks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LinkLocks.class);

  /**
   * Takes and frees locks as it is told, each by a file descriptor of its own (a POSIX shell's are
   * numbered to 9). A lock that is taken, of which alone flock(1) says 1, is tried again for two
   * seconds, which is more than a guard needs; a kernel without file locks has none to take. At the
   * end of its input it waits for the guard whose id it was told last: if that is alive, it is at
   * work, and ends this shell when it is done.
   */
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      lives() {
        kill -s 0 "$1" 2>/dev/null && IFS= read -r s 2>/dev/null <"/proc/$1/stat" || return 1
        case ${s##*) } in Z*) return 1 ;; esac
      }
      lock() {
        command -v flock >/dev/null || { echo unable; return; }
        [ -d "$2" ] && eval "exec $1<\\$2" || { echo absent; return; }
        i=0
        until flock -n "$1" 2>/dev/null; do
          [ $? = 1 ] || { eval "exec $1<&-"; echo unable; return; }
          [ $i -lt 20 ] || { eval "exec $1<&-"; echo taken; return; }
          i=$((i + 1))
          sleep 0.1
        done
        echo held
      }
      guard=
      while read -r verb what path; do
        case $verb in
          lock) lock "$what" "$path" ;;
          free) eval "exec $what<&-" ;;
          guard) guard=$what ;;
        esac
      done
      while [ -n "$guard" ] && lives "$guard"; do sleep 0.05; done
      """;

  private static final int FIRST_DESCRIPTOR = 3;
  private static final String CLASS = "/sys/class/net/";

  private final Host host;
  private final Map<String, Held> held = new HashMap<>();
  private @Nullable HostProcess holder;
  private @Nullable BufferedReader answers;

  /** By which file descriptor a lock is held, and on the interface of which number. */
  private record Held(int descriptor, int index) {}

  LinkLocks(Host host) {
    this.host = host;
  }

  /** Another controller holds the lock. */
  static final class TakenException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** The lock on what leaves by an interface. */
  static String egress(String device) {
    return CLASS + device;
  }

  /** The lock on what arrives by an interface. */
  static String ingress(String device) {
    return CLASS + device + "/statistics";
  }

  /**
   * Takes a lock, unless it is held. One that is held on an interface which had the same name
   * before is taken anew.
   *
   * @throws TakenException if another controller holds it, and does not let go in two seconds
   * @throws HostException if no process could be started
   */
  void take(String lock, Device device) throws TakenException, HostException {
    start();
    Held before = held.get(lock);
    if (before != null && before.index() == device.index()) {
      return;
    }
    held.remove(lock);
    int descriptor = before == null ? free() : before.descriptor();
    Held now = new Held(descriptor, device.index());
    switch (ask("lock " + descriptor + " " + lock)) {
      case "held" -> held.put(lock, now);
      case "taken" -> throw new TakenException();
      case "unable" -> {
        held.put(lock, now); // As good as it gets here: to try again would be the same.
        warn(lock);
      }
      default -> warn(lock);
    }
  }

  private static void warn(String lock) {
    LOG.warn("{} cannot be locked against a second controller", lock);
  }

  private int free() {
    return IntStream.iterate(FIRST_DESCRIPTOR, i -> i + 1)
        .filter(i -> held.values().stream().noneMatch(h -> h.descriptor() == i))
        .findFirst()
        .orElseThrow();
  }

  private void start() throws HostException {
    HostProcess running = holder;
    if (running == null || !running.alive()) {
      forget();
      running = host.start(Command.of("sh", "-c", SCRIPT));
      answers = new BufferedReader(new InputStreamReader(running.stdout(), StandardCharsets.UTF_8));
      holder = running;
    }
  }

  private String ask(String question) {
    BufferedReader from = answers;
    try {
      return tell(question) && from != null ? String.valueOf(from.readLine()) : "";
    } catch (IOException e) {
      return "";
    }
  }

  private boolean tell(String line) {
    HostProcess running = holder;
    if (running == null) {
      return false;
    }
    try {
      running.stdin().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      running.stdin().flush();
      return true;
    } catch (IOException e) {
      // It ended, which the next to take a lock finds out.
      return false;
    }
  }

  /** The process that holds the locks, if it lives. */
  Optional<HostProcess> holder() {
    return Optional.ofNullable(holder).filter(HostProcess::alive);
  }

  /** Frees locks; those that are not held are none. */
  void free(List<String> locks) {
    for (String lock : locks) {
      Held was = held.remove(lock);
      if (was != null) {
        tell("free " + was.descriptor());
      }
    }
  }

  /** Has the locks outlive this program until this process has ended. */
  void outlive(long guard) {
    tell("guard " + guard);
  }

  private void forget() {
    HostProcess last = holder;
    holder = null;
    answers = null;
    held.clear();
    if (last != null) {
      last.close();
    }
  }

  /** Frees all locks. */
  @Override
  public void close() {
    tell("guard");
    forget();
  }
}
