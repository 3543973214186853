package io.github.qosrl.core;

/**
 * Says how good a tick was. Pure: equal arguments, equal reward. Thread-safe.
 *
 * <p>Rewards are per direction, so that a learner which serves both directions can credit each with
 * its own; {@link #of(Observation, ShapingPlan, Observation)} is their mean.
 */
@FunctionalInterface
public interface Reward {

  /**
   * The reward of one direction.
   *
   * @param direction the direction to judge
   * @param before what was seen before the action
   * @param action the plan that was in force between the two
   * @param after what was seen at the end of the tick
   * @return a finite number, larger is better
   */
  double of(Direction direction, Observation before, ShapingPlan action, Observation after);

  /** The mean over the directions that the action limits; over both if it limits none. */
  default double of(Observation before, ShapingPlan action, Observation after) {
    boolean download = action.limits(Direction.DOWNLOAD);
    boolean upload = action.limits(Direction.UPLOAD);
    if (download == upload) {
      return 0.5
          * (of(Direction.DOWNLOAD, before, action, after)
              + of(Direction.UPLOAD, before, action, after));
    }
    return of(download ? Direction.DOWNLOAD : Direction.UPLOAD, before, action, after);
  }
}
