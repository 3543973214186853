package io.github.qosrl.rl;

/**
 * Five rooms in a row. Going right from the last one ends the episode with reward 1; every other
 * step brings nothing. Its optimal values are known: {@code γ} to the power of the steps that are
 * left.
 */
final class Corridor implements Mdp {
  static final int ROOMS = 5;
  static final int LEFT = 0;
  static final int RIGHT = 1;
  private int room;
  private int steps;

  @Override
  public int observationSize() {
    return ROOMS;
  }

  @Override
  public int actions() {
    return 2;
  }

  @Override
  public float[] reset(long seed) {
    room = (int) Math.floorMod(seed, ROOMS);
    steps = 0;
    return observation(room);
  }

  @Override
  public Outcome step(int action) {
    steps++;
    if (action == RIGHT && room == ROOMS - 1) {
      return new Outcome(observation(room), 1, true, false);
    }
    room = Math.max(0, action == RIGHT ? room + 1 : room - 1);
    return new Outcome(observation(room), 0, false, steps >= 30);
  }

  static float[] observation(int room) {
    float[] observation = new float[ROOMS];
    observation[room] = 1;
    return observation;
  }

  /** Q*(room, action). */
  static double value(int room, int action, double gamma) {
    int left = action == RIGHT ? ROOMS - room : ROOMS - Math.max(0, room - 1) + 1;
    return Math.pow(gamma, left - 1);
  }
}
