package io.github.qosrl.examples.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the threads of a process, and the programs it has started, have used by a moment (proc(5)).
 *
 * @param byThread by the thread's number
 * @param nanos of the monotonic clock
 */
record CpuSample(Map<Long, Use> byThread, long nanos) {

  /**
   * What one thread has used so far.
   *
   * @param part the thread's name in the process itself, else its program's, without numbers
   * @param cpu nanoseconds
   * @param switches how often it was switched to another thread
   */
  record Use(String part, long cpu, long switches) {}

  /** What a part used between two samples: in percent of a core, and switches per second. */
  record Share(double percent, double switches) {
    Share plus(Share other) {
      return new Share(percent + other.percent, switches + other.switches);
    }
  }

  /** Takes a sample; what ends meanwhile is left out. */
  static CpuSample take(ProcessHandle process) {
    Map<Long, Use> uses = new HashMap<>();
    add(uses, process.pid(), "jvm ");
    process.descendants().forEach(child -> add(uses, child.pid(), ""));
    return new CpuSample(uses, System.nanoTime());
  }

  private static void add(Map<Long, Use> uses, long pid, String prefix) {
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid, "task"))) {
      for (Path thread : threads) {
        String name = Files.readString(thread.resolve("comm")).strip().replaceAll("-\\d+", "");
        String cpu = Files.readString(thread.resolve("schedstat")).split(" ", -1)[0];
        uses.put(
            Long.parseLong(thread.getFileName().toString()),
            new Use(prefix + name, Long.parseLong(cpu), switches(thread)));
      }
    } catch (IOException e) {
      // It has just ended.
    }
  }

  private static long switches(Path thread) throws IOException {
    long sum = 0;
    for (String line : Files.readAllLines(thread.resolve("status"))) {
      if (line.contains("_ctxt_switches:")) {
        sum += Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return sum;
  }

  /** What each part has used since an earlier sample. */
  Map<String, Share> since(CpuSample before) {
    double elapsed = nanos - before.nanos;
    Map<String, Share> shares = new HashMap<>();
    byThread.forEach(
        (thread, use) -> {
          Use old = before.byThread.getOrDefault(thread, new Use(use.part, 0, 0));
          double percent = 100 * (use.cpu - old.cpu) / elapsed;
          double switches = 1e9 * (use.switches - old.switches) / elapsed;
          shares.merge(use.part, new Share(percent, switches), Share::plus);
        });
    return shares;
  }

  /** Megabytes of memory that a process has resident. */
  static double resident(ProcessHandle process) throws IOException {
    List<String> lines =
        new ArrayList<>(Files.readAllLines(Path.of("/proc/" + process.pid(), "status")));
    lines.removeIf(line -> !line.startsWith("VmRSS:"));
    return lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).replaceAll("\\D", "")) / 1024.0;
  }
}
