package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SendScheduleTest {
  private static final Duration PERIOD = Duration.ofMillis(50);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Instant after(long millis) {
    return START.plusMillis(millis);
  }

  @Test
  void thePeriodTellsWhatMustHaveBeenSent() {
    SendSchedule schedule = new SendSchedule(START, PERIOD);
    assertEquals(-1, schedule.lastSent(after(10)));
    assertEquals(0, schedule.lastSent(after(60)));
    assertEquals(20, schedule.lastSent(after(1_030)));
    assertEquals(after(1_000), schedule.timeOf(20));
  }

  @Test
  void followsFpingWhenItSlips() {
    SendSchedule schedule = new SendSchedule(START, PERIOD);
    // 60 ms apart, since the machine is busy.
    schedule.observe(100, after(6_000));
    assertEquals(100, schedule.lastSent(after(6_030)));
    assertEquals(102, schedule.lastSent(after(6_130)));
  }

  @Test
  void whatBecameOfAnOldPacketDoesNotHideTheSlipSince() {
    SendSchedule schedule = new SendSchedule(START, PERIOD);
    schedule.observe(180, after(10_800));
    // Sent at 600 ms, given up after 10 s; 50 ms apart, number 204 would have been sent by now.
    schedule.observe(10, after(600));
    assertEquals(180, schedule.lastSent(after(10_830)));
  }

  @Test
  void whatIsGivenUpTellsTheSlipWhereNobodyAnswers() {
    SendSchedule schedule = new SendSchedule(START, PERIOD);
    schedule.observe(10, after(600));
    schedule.observe(11, after(660));
    assertEquals(after(710), schedule.timeOf(12));
  }

  @Test
  void theScheduleTellsWhenAnAnswerCameWithinWhatIsPossible() {
    SendSchedule schedule = new SendSchedule(START, PERIOD);
    Duration rtt = Duration.ofMillis(20);
    assertEquals(after(70), schedule.arrival(1, rtt, after(60), after(200)));
    // It cannot have come before the last reading: the sender is late, and stays so.
    assertEquals(after(200), schedule.arrival(2, rtt, after(200), after(300)));
    assertEquals(after(250), schedule.arrival(3, rtt, after(200), after(300)));
    // Nor after this one.
    assertEquals(after(290), schedule.arrival(4, rtt, after(270), after(290)));
    assertEquals(after(320), schedule.timeOf(5));
  }
}
