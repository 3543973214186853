package io.github.qosrl.rl;

import java.util.SplittableRandom;

/**
 * CartPole-v1 with Gymnasium's physics: Barto, Sutton and Anderson 1983, Euler integration at 50
 * Hz, 500 steps at most, reward 1 a step.
 */
public final class CartPole implements Mdp {
  private static final double GRAVITY = 9.8;
  private static final double TOTAL_MASS = 1.1;
  private static final double POLE_MASS = 0.1;
  private static final double HALF_LENGTH = 0.5;
  private static final double POLE_MOMENT = POLE_MASS * HALF_LENGTH;
  private static final double FORCE = 10;
  private static final double TIME_STEP = 0.02;
  private static final double ANGLE_LIMIT = 12 * 2 * Math.PI / 360;
  private static final double POSITION_LIMIT = 2.4;
  private static final int STEP_LIMIT = 500;

  private double position;
  private double velocity;
  private double angle;
  private double angularVelocity;
  private int steps;

  @Override
  public int observationSize() {
    return 4;
  }

  @Override
  public int actions() {
    return 2;
  }

  @Override
  public float[] reset(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    position = random.nextDouble(-0.05, 0.05);
    velocity = random.nextDouble(-0.05, 0.05);
    angle = random.nextDouble(-0.05, 0.05);
    angularVelocity = random.nextDouble(-0.05, 0.05);
    steps = 0;
    return observation();
  }

  @Override
  public Outcome step(int action) {
    double force = action == 1 ? FORCE : -FORCE;
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double temp = (force + POLE_MOMENT * angularVelocity * angularVelocity * sin) / TOTAL_MASS;
    double angularAcceleration =
        (GRAVITY * sin - cos * temp)
            / (HALF_LENGTH * (4.0 / 3 - POLE_MASS * cos * cos / TOTAL_MASS));
    double acceleration = temp - POLE_MOMENT * angularAcceleration * cos / TOTAL_MASS;
    position += TIME_STEP * velocity;
    velocity += TIME_STEP * acceleration;
    angle += TIME_STEP * angularVelocity;
    angularVelocity += TIME_STEP * angularAcceleration;
    steps++;
    boolean fallen = Math.abs(position) > POSITION_LIMIT || Math.abs(angle) > ANGLE_LIMIT;
    return new Outcome(observation(), 1, fallen, !fallen && steps >= STEP_LIMIT);
  }

  private float[] observation() {
    return new float[] {(float) position, (float) velocity, (float) angle, (float) angularVelocity};
  }
}
