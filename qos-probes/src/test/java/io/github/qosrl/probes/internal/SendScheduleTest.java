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
}
