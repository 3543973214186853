package io.github.qosrl.examples.dashboard;

import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.control.Tick;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recent past of a control loop: every second of the last hour, and the last events. Takes
 * under a megabyte, however long the loop runs. Thread-safe.
 */
public final class RunHistory implements LoopListener {
  static final int SECONDS = 3600;
  static final int EVENTS = 100;

  private final Deque<Second> seconds = new ArrayDeque<>();
  private final Deque<LoopEvent> events = new ArrayDeque<>();
  private final Map<LoopEvent.Kind, Long> eventCounts = new EnumMap<>(LoopEvent.Kind.class);
  private @Nullable SecondBuilder present;
  private @Nullable Tick newest;

  @Override
  public synchronized void onTick(Tick tick) {
    newest = tick;
    long time = tick.step().observation().time().getEpochSecond();
    if (present != null && present.time() == time) {
      present.add(tick);
      return;
    }
    if (present != null) {
      seconds.addLast(present.build());
      if (seconds.size() > SECONDS) {
        seconds.removeFirst();
      }
    }
    present = new SecondBuilder(time, tick);
  }

  @Override
  public synchronized void onEvent(LoopEvent event) {
    eventCounts.merge(event.kind(), 1L, Long::sum);
    events.addLast(event);
    if (events.size() > EVENTS) {
      events.removeFirst();
    }
  }

  /** The seconds that are over and came after a time (seconds since 1970), oldest first. */
  synchronized List<Second> after(long time) {
    return seconds.stream().filter(s -> s.time() > time).toList();
  }

  /** The newest events, oldest first. */
  synchronized List<LoopEvent> events() {
    return new ArrayList<>(events);
  }

  /** How many events of each kind there were. */
  synchronized Map<LoopEvent.Kind, Long> eventCounts() {
    return new EnumMap<>(eventCounts);
  }

  /** The newest tick, if there was one. */
  synchronized Optional<Tick> newest() {
    return Optional.ofNullable(newest);
  }
}
