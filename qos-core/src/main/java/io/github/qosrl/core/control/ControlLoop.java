package io.github.qosrl.core.control;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.Transition;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an agent in an environment, within a safety envelope, and closes the environment, which
 * restores the link, on every way out: the end of the last episode, {@link #stop}, an exception, an
 * interrupt, and SIGTERM or SIGINT through a shutdown hook.
 *
 * <pre>{@code
 * ControlLoop loop =
 *     ControlLoop.builder(environment, agent)
 *         .envelope(SafetyEnvelope.builder().floor(BitRate.ofMegabits(1)).build())
 *         .fallback(new ReceiveRateAgent())
 *         .listener(log)
 *         .build();
 * loop.run(); // or start(), and later stop()
 * }</pre>
 *
 * <p>A loop runs once. It closes the environment, never the agents, which stay the caller's. {@link
 * #run} and {@link #start} are called once; {@link #stop} and {@link #close} come from any thread,
 * any number of times.
 */
public final class ControlLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);

  private final Environment environment;
  private final SafetyEnvelope envelope;
  private final Listeners listeners;
  private final Pilot pilot;
  private final boolean learn;
  private final long maxTicks;
  private final long maxEpisodes;
  private final long seed;
  private final boolean shutdownHook;

  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final LoopThread thread = new LoopThread();
  private volatile boolean stopping;
  private volatile @Nullable Throwable failure;
  private long ticks;

  ControlLoop(ControlLoopBuilder builder) {
    this.environment = builder.environment;
    this.envelope = builder.envelope;
    this.listeners = new Listeners(builder.listeners);
    this.pilot =
        new Pilot(
            builder.agent,
            builder.fallback,
            new SignalWatch(envelope),
            builder.clock,
            listeners::onEvent);
    this.learn = builder.learn;
    this.maxTicks = builder.maxTicks;
    this.maxEpisodes = builder.maxEpisodes;
    this.seed = builder.seed;
    this.shutdownHook = builder.shutdownHook;
  }

  /** Starts from the standard envelope, no fallback, no learning and a shutdown hook. */
  public static ControlLoopBuilder builder(Environment environment, Agent agent) {
    return new ControlLoopBuilder(environment, agent);
  }

  /**
   * Runs on the calling thread until it is over or stopped; the link is then restored. Returns at
   * once if it was stopped before.
   *
   * @throws QosException if the environment failed, or the link could not be restored
   * @throws InterruptedException if the thread was interrupted other than by {@link #stop}
   * @throws IllegalStateException if it ran before
   */
  public void run() throws QosException, InterruptedException {
    if (!begun.compareAndSet(false, true)) {
      if (stopping) {
        return;
      }
      throw new IllegalStateException("a control loop runs once; build another");
    }
    RestoreHook hook = shutdownHook ? RestoreHook.add(this::stop) : RestoreHook.NONE;
    stopping |= hook.tooLate();
    try {
      thread.enter();
      loop();
    } catch (Throwable e) {
      if (!thread.interruptedByStop() || !(e instanceof InterruptedException)) {
        failure = e;
      }
    } finally {
      thread.leave();
      restore();
      listeners.onStop(Optional.ofNullable(failure));
      ended.countDown();
      hook.remove();
    }
    rethrow(failure);
  }

  /**
   * Runs on a thread of its own and returns at once. {@link LoopListener#onStop} and {@link
   * #failure} tell how it ended.
   *
   * @throws IllegalStateException if it ran before
   */
  public void start() {
    if (begun.get()) {
      throw new IllegalStateException("a control loop runs once; build another");
    }
    Thread runner =
        new Thread(
            () -> {
              try {
                run();
              } catch (QosException | InterruptedException | RuntimeException e) {
                LOG.error("the control loop ended: {}", e.getMessage(), e);
              }
            },
            "qos-control-loop");
    runner.start();
  }

  /**
   * Asks the loop to end, and waits until the link is restored; from a listener it only asks.
   * Without a loop that runs, it restores the link itself.
   */
  public void stop() {
    stopping = true;
    if (begun.compareAndSet(false, true)) {
      restore();
      ended.countDown();
      return;
    }
    if (thread.isCurrent()) {
      return;
    }
    try {
      if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.interrupt();
        if (!ended.await(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.warn("the control loop does not end; the link is restored without it");
          restore();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * {@linkplain #stop Stops} it.
   *
   * @throws QosException if the link could not be restored
   */
  @Override
  public void close() throws QosException {
    stop();
    if (failure instanceof QosException e) {
      throw e;
    }
  }

  /** Whether it is over and the link is restored. */
  public boolean ended() {
    return ended.getCount() == 0;
  }

  /** Waits for the end. */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What ended it; empty while it runs, and if it was stopped or came to its end. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private void loop() throws QosException, InterruptedException {
    if (environment instanceof EventSource source) {
      source.events(listeners::onEvent);
    }
    for (long episode = 0; episode < maxEpisodes && goesOn(); episode++) {
      Observation seen = environment.reset(seed + episode);
      pilot.reset();
      if (episode == 0) {
        listeners.onStart(seen);
      }
      boolean done = false;
      while (!done && goesOn()) {
        Step step = tick(seen);
        seen = step.observation();
        done = step.done();
      }
    }
  }

  private boolean goesOn() {
    return !stopping && ticks < maxTicks;
  }

  private Step tick(Observation before) throws QosException, InterruptedException {
    Pilot.Decision decision = pilot.decide(before);
    ShapingPlan admitted = envelope.admit(decision.plan(), before.plan());
    Step step = environment.step(admitted);
    Observation after = step.observation();
    if (learn) {
      pilot.learn(
          new Transition(
              before, after.plan(), step.reward(), after, step.terminated(), step.truncated()));
    }
    listeners.onTick(
        new Tick(
            ticks++,
            before,
            decision.plan(),
            admitted,
            step,
            decision.fallback(),
            decision.took()));
    return step;
  }

  private void restore() {
    try {
      environment.close();
    } catch (QosException | RuntimeException e) {
      LOG.error("the link could not be restored: {}", e.getMessage());
      if (failure == null) {
        failure = e;
      } else if (failure != e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static void rethrow(@Nullable Throwable failure)
      throws QosException, InterruptedException {
    if (failure instanceof QosException e) {
      throw e;
    } else if (failure instanceof InterruptedException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
  }
}
