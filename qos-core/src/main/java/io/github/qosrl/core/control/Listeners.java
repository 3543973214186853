package io.github.qosrl.core.control;

import io.github.qosrl.core.Observation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listeners of a loop as one; what a listener throws is logged, once for each listener. */
final class Listeners implements LoopListener {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<LoopListener> all;
  private final Set<LoopListener> broken = new HashSet<>();

  Listeners(List<LoopListener> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public void onStart(Observation first) {
    each(listener -> listener.onStart(first));
  }

  @Override
  public void onTick(Tick tick) {
    each(listener -> listener.onTick(tick));
  }

  @Override
  public void onEvent(LoopEvent event) {
    LOG.info("{}: {}", event.kind(), event.message());
    each(listener -> listener.onEvent(event));
  }

  @Override
  public void onStop(Optional<Throwable> cause) {
    each(listener -> listener.onStop(cause));
  }

  private void each(Consumer<LoopListener> call) {
    for (LoopListener listener : all) {
      try {
        call.accept(listener);
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        if (broken.add(listener)) {
          LOG.warn("listener {} failed; later failures of it are not logged", listener, e);
        }
      }
    }
  }
}
