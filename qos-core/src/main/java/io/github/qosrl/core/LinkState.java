package io.github.qosrl.core;

/**
 * What is believed of a link at a tick, direction by direction, each figure with where it came from
 * and how old it is. Immutable.
 *
 * @param download what is believed of the download
 * @param upload what is believed of the upload
 * @param baseline round-trip time of the path without queues; seconds
 * @param inflation what the round trip of echoes exceeds that by; seconds
 * @param echoes whether echoes show the users' queues
 */
public record LinkState(
    DirectionState download,
    DirectionState upload,
    Estimate baseline,
    Estimate inflation,
    EchoSight echoes) {

  /** Nothing is known. */
  public static final LinkState UNKNOWN =
      new LinkState(
          DirectionState.unknown(Direction.DOWNLOAD),
          DirectionState.unknown(Direction.UPLOAD),
          Estimate.UNKNOWN,
          Estimate.UNKNOWN,
          EchoSight.SILENT);

  /** What is believed of a direction. */
  public DirectionState of(Direction direction) {
    return direction == Direction.DOWNLOAD ? download : upload;
  }

  /** Whether no direction's queue is known: there is nothing to decide by. */
  public boolean blind() {
    return !download.queueDelay().known() && !upload.queueDelay().known();
  }
}
