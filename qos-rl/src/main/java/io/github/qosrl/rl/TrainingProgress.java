package io.github.qosrl.rl;

/**
 * How far a training run is.
 *
 * @param step steps taken, over all environments; a step decides all streams
 * @param totalSteps steps the run will take at most
 * @param episodes episodes ended
 * @param totalEpisodes episodes the run will play at most
 * @param gradientSteps updates of the network
 * @param epsilon present probability of a random action
 * @param loss mean loss of the updates since the last report; NaN if there were none
 * @param meanQ mean value of the actions taken in them; NaN if there were none
 * @param meanReturn mean return of the newest episodes, at most 20; NaN before the first
 * @param stepsPerSecond speed since the last report, evaluations apart
 */
public record TrainingProgress(
    long step,
    long totalSteps,
    long episodes,
    long totalEpisodes,
    long gradientSteps,
    double epsilon,
    double loss,
    double meanQ,
    double meanReturn,
    double stepsPerSecond) {

  /** The part of the run that is done, 0 to 1. */
  public double fraction() {
    double ofSteps = totalSteps == 0 ? 0 : (double) step / totalSteps;
    return Math.min(1, Math.max(ofSteps, (double) episodes / totalEpisodes));
  }
}
