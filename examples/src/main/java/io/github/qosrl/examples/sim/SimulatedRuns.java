package io.github.qosrl.examples.sim;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.report.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Many runs in simulated links at a time: each alone with its link, so all as if one by one. */
public final class SimulatedRuns {
  private SimulatedRuns() {}

  /**
   * One run.
   *
   * @param agent who decides
   * @param scenario on what
   * @param seed which course of it
   */
  public record Task(AgentChoice agent, Scenario scenario, long seed) {
    private RunResult run() throws QosException, InterruptedException {
      return SimulatedRun.of(agent, scenario, seed);
    }
  }

  /**
   * Runs all.
   *
   * @param threads how many at a time
   * @param done is told how many are done, by any thread
   * @return their results, in the tasks' order; the same for any number of threads
   * @throws QosException the first that a run threw; the others are ended
   */
  public static List<RunResult> of(List<Task> tasks, int threads, IntConsumer done)
      throws QosException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      AtomicInteger finished = new AtomicInteger();
      List<Future<RunResult>> futures = new ArrayList<>();
      for (Task task : tasks) {
        futures.add(
            pool.submit(
                () -> {
                  RunResult result = task.run();
                  done.accept(finished.incrementAndGet());
                  return result;
                }));
      }
      List<RunResult> results = new ArrayList<>();
      for (Future<RunResult> future : futures) {
        results.add(get(future));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static RunResult get(Future<RunResult> future) throws QosException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof QosException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
