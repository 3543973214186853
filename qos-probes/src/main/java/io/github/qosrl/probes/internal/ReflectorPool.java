package io.github.qosrl.probes.internal;

import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Chooses which of the targets to probe. Starts with the first ones; every {@link #REVIEW} a bad
 * one changes places with the one that has stood by for longest, so that it comes back in its turn.
 *
 * <p>Bad is a target that has not answered for {@link #SILENCE} while another one has; that lost
 * more than half of at least {@value #ENOUGH} packets while another one lost less than a tenth; or
 * whose baseline exceeds the best one's by more than {@link #FARTHER}. While nobody answers, nobody
 * is bad: then it is the link.
 *
 * <p>Not thread-safe.
 */
public final class ReflectorPool {
  static final Duration REVIEW = Duration.ofSeconds(5);
  static final Duration SILENCE = Duration.ofSeconds(5);
  static final Duration FARTHER = Duration.ofMillis(100);
  static final int ENOUGH = 10;

  private static final class Tally {
    int answered;
    int lost;
    TargetHealth newest;

    Tally(TargetHealth newest) {
      this.newest = newest;
    }
  }

  private final List<Target> active;
  private final ArrayDeque<Target> standby;
  private final Map<Target, Tally> tallies = new HashMap<>();
  private Instant nextReview;

  /**
   * @param start now; the first review comes two periods later
   */
  public ReflectorPool(EchoOptions options, Instant start) {
    List<Target> all = options.targets();
    this.active = new ArrayList<>(all.subList(0, options.active()));
    this.standby = new ArrayDeque<>(all.subList(options.active(), all.size()));
    this.nextReview = start.plus(REVIEW).plus(REVIEW);
  }

  /** Whom to probe. */
  public List<Target> active() {
    return List.copyOf(active);
  }

  /**
   * Takes in how the targets did.
   *
   * @return whether the active ones changed
   */
  boolean review(Instant now, List<TargetHealth> health) {
    if (standby.isEmpty()) {
      return false;
    }
    for (TargetHealth h : health) {
      Tally tally = tallies.computeIfAbsent(h.target(), t -> new Tally(h));
      tally.answered += h.answered();
      tally.lost += h.lost();
      tally.newest = h;
    }
    if (now.isBefore(nextReview)) {
      return false;
    }
    nextReview = now.plus(REVIEW);
    boolean changed = false;
    int swaps = standby.size();
    for (int i = 0; i < active.size() && swaps > 0; i++) {
      if (bad(active.get(i))) {
        standby.addLast(active.get(i));
        active.set(i, standby.removeFirst());
        swaps--;
        changed = true;
      }
    }
    tallies.clear();
    return changed;
  }

  private boolean bad(Target target) {
    Tally tally = tallies.get(target);
    if (tally == null || !someoneAnswers()) {
      return false;
    }
    if (!answers(tally)) {
      return true;
    }
    int decided = tally.answered + tally.lost;
    if (decided >= ENOUGH && tally.lost > decided / 2 && leastLoss() < 0.1) {
      return true;
    }
    double best = Double.POSITIVE_INFINITY;
    for (Tally t : tallies.values()) {
      best = Math.min(best, t.newest.baseline().orElse(Double.POSITIVE_INFINITY));
    }
    OptionalDouble own = tally.newest.baseline();
    return own.isPresent() && own.getAsDouble() - best > FARTHER.toMillis() / 1e3;
  }

  private boolean someoneAnswers() {
    return tallies.values().stream().anyMatch(ReflectorPool::answers);
  }

  private static boolean answers(Tally tally) {
    return tally.newest.replyAge().orElse(Double.POSITIVE_INFINITY) < SILENCE.toSeconds();
  }

  /** The best one's loss: what the link itself loses, whoever is bad. */
  private double leastLoss() {
    double least = 1;
    for (Tally t : tallies.values()) {
      int decided = t.answered + t.lost;
      if (decided > 0) {
        least = Math.min(least, (double) t.lost / decided);
      }
    }
    return least;
  }
}
