package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.core.Environment;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodesTest {
  private final List<Long> seeds = new ArrayList<>();
  private int closes;

  /** Episodes of three ticks. */
  private final class ShortEpisodes implements Environment {
    private int ticks;

    @Override
    public Observation reset(long seed) {
      seeds.add(seed);
      ticks = 0;
      return new Observation(Instant.EPOCH, List.of(), ShapingPlan.UNLIMITED);
    }

    @Override
    public Step step(ShapingPlan action) {
      ticks++;
      Observation next = new Observation(Instant.EPOCH, List.of(), action);
      return new Step(next, 0, false, ticks == 3);
    }

    @Override
    public void close() {
      closes++;
    }
  }

  @Test
  void eachEpisodeHasItsOwnSeed() throws Exception {
    List<Tick> ticks = new ArrayList<>();
    LoopListener recorder =
        new LoopListener() {
          @Override
          public void onTick(Tick tick) {
            ticks.add(tick);
          }
        };
    ControlLoop.builder(new ShortEpisodes(), observation -> ShapingPlan.UNLIMITED)
        .listener(recorder)
        .seed(7)
        .maxEpisodes(4)
        .build()
        .run();
    assertEquals(List.of(7L, 8L, 9L, 10L), seeds);
    assertEquals(12, ticks.size());
    assertEquals(1, closes);
  }

  @Test
  void ticksAreCountedOverAllEpisodes() throws Exception {
    ControlLoop.builder(new ShortEpisodes(), observation -> ShapingPlan.UNLIMITED)
        .maxEpisodes(100)
        .maxTicks(7)
        .build()
        .run();
    assertEquals(List.of(0L, 1L, 2L), seeds);
    assertEquals(1, closes);
  }
}
