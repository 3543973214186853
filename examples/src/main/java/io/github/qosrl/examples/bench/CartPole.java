package io.github.qosrl.examples.bench;

import io.github.qosrl.rl.Mdp;
import java.util.SplittableRandom;

/**
 * CartPole-v1 with Gymnasium's physics: Barto, Sutton and Anderson 1983, Euler integration at 50
 * Hz, 500 steps at most, reward 1 a step. Also an example of a task of one's own.
 */
public final class CartPole implements Mdp {
  private static final double ANGLE_LIMIT = Math.toRadians(12);
  private static final double POSITION_LIMIT = 2.4;
  private double x;
  private double xSpeed;
  private double angle;
  private double angularSpeed;
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
    x = random.nextDouble(-0.05, 0.05);
    xSpeed = random.nextDouble(-0.05, 0.05);
    angle = random.nextDouble(-0.05, 0.05);
    angularSpeed = random.nextDouble(-0.05, 0.05);
    steps = 0;
    return observation();
  }

  @Override
  public Outcome step(int action) {
    double force = action == 1 ? 10 : -10;
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double push = (force + 0.05 * angularSpeed * angularSpeed * sin) / 1.1;
    double angularAcceleration =
        (9.8 * sin - cos * push) / (0.5 * (4.0 / 3 - 0.1 * cos * cos / 1.1));
    double acceleration = push - 0.05 * angularAcceleration * cos / 1.1;
    x += 0.02 * xSpeed;
    xSpeed += 0.02 * acceleration;
    angle += 0.02 * angularSpeed;
    angularSpeed += 0.02 * angularAcceleration;
    steps++;
    boolean fallen = Math.abs(x) > POSITION_LIMIT || Math.abs(angle) > ANGLE_LIMIT;
    return new Outcome(observation(), 1, fallen, !fallen && steps >= 500);
  }

  private float[] observation() {
    return new float[] {(float) x, (float) xSpeed, (float) angle, (float) angularSpeed};
  }
}
