package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TcTranscriptTest {
  private static final String SHOW = "qdisc show dev v0";
  private static final String CLASSES = "class show dev v0";

  @Test
  void endsWithTheBarrier() {
    TcTranscript transcript = new TcTranscript(List.of("qdisc add x"), 0, false);
    assertEquals(List.of("qdisc add x", "barrier"), transcript.lines());
    assertFalse(transcript.complete());
    barrier(transcript, 2);
    assertTrue(transcript.complete());
    assertTrue(transcript.reply().ok());
  }

  @Test
  void givesAnErrorToTheCommandOfItsLine() {
    TcTranscript transcript = new TcTranscript(List.of("a", "b", "c"), 10, false);
    error(transcript, "Error: NLM_F_REPLACE needed to override.");
    error(transcript, "Command failed -:12");
    barrier(transcript, 14);
    TcReply reply = transcript.reply();
    assertEquals(Optional.of("Error: NLM_F_REPLACE needed to override."), reply.error(1));
    assertEquals(1, reply.errors().size());
  }

  @Test
  void keepsTheReasonAndNotTheUsage() {
    TcTranscript transcript = new TcTranscript(List.of("a"), 0, false);
    error(transcript, "tbf: the \"rate\" parameter is mandatory.");
    error(transcript, "Usage: ... tbf limit BYTES burst BYTES[/BYTES] rate KBPS");
    error(transcript, "Command failed -:1");
    barrier(transcript, 2);
    assertEquals(
        Optional.of("tbf: the \"rate\" parameter is mandatory."), transcript.reply().error(0));
  }

  @Test
  void takesNoWarningForAnError() {
    TcTranscript transcript = new TcTranscript(List.of("a", "b"), 0, false);
    error(transcript, "Warning: sch_htb: quantum of class 10001 is big. Consider r2q change.");
    barrier(transcript, 3);
    assertTrue(transcript.reply().ok());
  }

  @Test
  void waitsForTheOutputOfEveryReadThatSucceeded() {
    TcTranscript transcript = new TcTranscript(List.of(SHOW, "qdisc show dev gone"), 0, false);
    error(transcript, "Cannot find device \"gone\"");
    error(transcript, "Command failed -:2");
    barrier(transcript, 3);
    assertFalse(transcript.complete());
    output(transcript, "[]");
    assertTrue(transcript.complete());
    assertEquals("[]\n", transcript.reply().output(SHOW));
    assertEquals("", transcript.reply().output(1));
  }

  @Test
  void tellsPlainTextOfClassesFromTheJsonAroundIt() {
    TcTranscript transcript = new TcTranscript(List.of(SHOW, CLASSES, SHOW), 0, false);
    output(transcript, "[1]");
    output(transcript, "class htb 1:1 root");
    output(transcript, "");
    output(transcript, "[2]");
    barrier(transcript, 4);
    TcReply reply = transcript.reply();
    assertEquals("[1]\n", reply.output(0));
    assertEquals("class htb 1:1 root\n\n", reply.output(1));
    assertEquals("[2]\n", reply.output(2));
  }

  @Test
  void closesPlainTextOfUnknownLengthWithARead() {
    TcTranscript transcript = new TcTranscript(List.of(CLASSES), 0, false);
    assertEquals(List.of(CLASSES, "qdisc show dev lo", "barrier"), transcript.lines());
    barrier(transcript, 3);
    assertFalse(transcript.complete());
    output(transcript, "class htb 1:1 root");
    output(transcript, "[]");
    assertTrue(transcript.complete());
    assertEquals("class htb 1:1 root\n", transcript.reply().output(0));
  }

  @Test
  void expectsJsonOfClassesFromANewerTc() {
    TcTranscript transcript = new TcTranscript(List.of(CLASSES, SHOW), 0, true);
    output(transcript, "[]");
    barrier(transcript, 3);
    assertFalse(transcript.complete());
    output(transcript, "[2]");
    assertTrue(transcript.complete());
    assertEquals("[2]\n", transcript.reply().output(SHOW));
  }

  @Test
  void refusesACommandOfTwoLines() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TcTranscript(List.of("qdisc show\nqdisc del dev eth0 root"), 0, false));
  }

  private static void barrier(TcTranscript transcript, int line) {
    error(transcript, "Object \"barrier\" is unknown, try \"tc help\".");
    error(transcript, "Command failed -:" + line);
  }

  private static void error(TcTranscript transcript, String text) {
    transcript.accept(new TcOutputReader.Line(true, text));
  }

  private static void output(TcTranscript transcript, String text) {
    transcript.accept(new TcOutputReader.Line(false, text));
  }
}
