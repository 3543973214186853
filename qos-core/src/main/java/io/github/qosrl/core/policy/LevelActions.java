package io.github.qosrl.core.policy;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Fixed rates to choose from: high, medium and low, or any other number of levels. Fits one link
 * whose useful rates are known; {@link MultiplierActions} fits any.
 *
 * <p>Immutable and thread-safe.
 */
public final class LevelActions implements ActionSet {

  /** The name that a policy file knows it by. */
  public static final String ID = "levels";

  /** 10, 5 and 1 Mbit/s. */
  public static final List<BitRate> DEFAULT_LEVELS =
      List.of(BitRate.ofMegabits(10), BitRate.ofMegabits(5), BitRate.ofMegabits(1));

  private static final List<String> THREE = List.of("high", "medium", "low");

  private final List<BitRate> download;
  private final List<BitRate> upload;

  /** Three levels in both directions: {@link #DEFAULT_LEVELS}. */
  public LevelActions() {
    this(DEFAULT_LEVELS, DEFAULT_LEVELS);
  }

  /**
   * Levels of one's own, the highest first.
   *
   * @param download rates for the download, at least 2
   * @param upload rates for the upload, as many
   * @throws IllegalArgumentException if there are fewer than 2, they do not fall, or the numbers
   *     differ
   */
  public LevelActions(List<BitRate> download, List<BitRate> upload) {
    this.download = falling(download);
    this.upload = falling(upload);
    if (download.size() != upload.size()) {
      throw new IllegalArgumentException(
          "%d levels for the download, %d for the upload; accepted: as many of each"
              .formatted(download.size(), upload.size()));
    }
  }

  private static List<BitRate> falling(List<BitRate> levels) {
    for (int i = 1; i < levels.size(); i++) {
      if (levels.get(i).compareTo(levels.get(i - 1)) >= 0) {
        throw new IllegalArgumentException("levels " + levels + " do not fall");
      }
    }
    if (levels.size() < 2) {
      throw new IllegalArgumentException("levels " + levels + "; accepted: at least 2");
    }
    return List.copyOf(levels);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("download", text(download));
    parameters.put("upload", text(upload));
    return parameters;
  }

  private static String text(List<BitRate> levels) {
    return levels.stream().map(BitRate::toString).collect(Collectors.joining(","));
  }

  @Override
  public int size() {
    return download.size();
  }

  @Override
  public String label(int action) {
    return size() == 3 ? THREE.get(action) : "level" + action;
  }

  @Override
  public BitRate apply(int action, Observation observation, Direction direction) {
    return (direction == Direction.DOWNLOAD ? download : upload).get(action);
  }
}
