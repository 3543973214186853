package io.github.qosrl.core.contract;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** Code on a thread of its own, for tests about calls from several threads. */
public final class Background {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FutureTask<@Nullable Throwable> outcome;
  private final Thread thread;

  private Background(Executable code) {
    Callable<@Nullable Throwable> caught =
        () -> {
          try {
            code.execute();
            return null;
          } catch (Throwable e) {
            return e;
          }
        };
    outcome = new FutureTask<>(caught);
    thread = new Thread(outcome, "background");
    thread.setDaemon(true);
  }

  /** Starts it. */
  public static Background run(Executable code) {
    Background background = new Background(code);
    background.thread.start();
    return background;
  }

  /** Waits until it waits for something itself. */
  public void awaitBlocked() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (thread.getState() == Thread.State.RUNNABLE || thread.getState() == Thread.State.NEW) {
      if (System.nanoTime() > end) {
        fail("still busy after " + PATIENCE);
      }
      Thread.sleep(5);
    }
  }

  /** Interrupts it. */
  public void interrupt() {
    thread.interrupt();
  }

  /** Waits for its end; fails if it failed, or does not end within a minute. */
  public void join() throws InterruptedException {
    Throwable failure = outcome();
    if (failure != null) {
      fail(failure);
    }
  }

  /** What it failed with; fails if it did not, or does not end within a minute. */
  public Throwable failure() throws InterruptedException {
    Throwable failure = outcome();
    return failure == null ? fail("ended without the expected failure") : failure;
  }

  private @Nullable Throwable outcome() throws InterruptedException {
    try {
      return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (TimeoutException e) {
      return fail("did not end within " + PATIENCE);
    }
  }
}
