package io.github.qosrl.probes.flows;

import org.jspecify.annotations.Nullable;

/** What is kept of one TCP connection, while it is one of those that are known. */
final class Flow {
  // Which it is.
  int hash;
  int version;
  int ports;
  long localHigh;
  long localLow;
  long remoteHigh;
  long remoteLow;

  // The order of last use, which FlowTable keeps.
  @Nullable Flow newer;
  @Nullable Flow older;
  long lastSeen;

  final SenderClock clock = new SenderClock();
  final Recent oneWay = new Recent();
  final Download download = new Download();
  private @Nullable Upload upload;

  // What it did in the present window.
  boolean touched;
  boolean downloaded;
  boolean uploaded;
  int stamped;
  int timed;
  int timedOneWay;

  /** What it sends; made when it first does, since most flows hardly do. */
  Upload upload() {
    Upload made = upload;
    if (made == null) {
      made = new Upload();
      made.clear();
      upload = made;
    }
    return made;
  }

  /** Whether it has been seen to send. */
  boolean sends() {
    Upload made = upload;
    return made != null && made.isSending();
  }

  /** Becomes another flow. */
  void clear() {
    clock.clear();
    oneWay.clear();
    download.clear();
    Upload made = upload;
    if (made != null) {
      made.clear();
    }
    beginWindow();
  }

  void beginWindow() {
    touched = false;
    downloaded = false;
    uploaded = false;
    stamped = 0;
    timed = 0;
    timedOneWay = 0;
  }
}
