package io.github.qosrl.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.qosrl.core.Environment;
import io.github.qosrl.core.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every environment must do whose episodes a seed fixes: a simulation. */
public abstract class SeededEnvironmentContract extends EnvironmentContract {

  /** Enough ticks to reach the end of an episode, if the episodes of {@code environment} end. */
  protected int longEnough() {
    return 20_000;
  }

  @Test
  void aSeedFixesTheEpisode() throws Exception {
    try (Environment environment = environment()) {
      List<Object> first = episode(environment, 42);
      episode(environment, 43);
      assertEquals(first, episode(environment, 42));
    }
  }

  @Test
  void aSeedFixesTheEpisodeOfEveryInstance() throws Exception {
    try (Environment one = environment();
        Environment another = environment()) {
      episode(another, 7);
      assertEquals(episode(one, 42), episode(another, 42));
    }
  }

  @Test
  void anEpisodeThatIsOverCannotGoOn() throws Exception {
    try (Environment environment = environment()) {
      environment.reset(1);
      for (int i = 0; i < longEnough(); i++) {
        if (environment.step(plan(i)).done()) {
          assertThrows(IllegalStateException.class, () -> environment.step(plan(0)));
          environment.reset(2);
          environment.step(plan(0));
          return;
        }
      }
    }
  }

  private List<Object> episode(Environment environment, long seed) throws Exception {
    List<Object> seen = new ArrayList<>();
    seen.add(environment.reset(seed));
    for (int i = 0; i < 50; i++) {
      Step step = environment.step(plan(i));
      seen.add(step);
      if (step.done()) {
        break;
      }
    }
    return seen;
  }
}
