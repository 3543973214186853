package io.github.qosrl.examples.bench;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.probes.flows.FlowMeter;
import io.github.qosrl.probes.packet.PcapCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a packet costs the flows probe, from the bytes that tcpdump writes to the flow's state: half
 * of them data of downloads, a quarter data of uploads, a quarter what acknowledges these. To
 * reach: 5 million packets a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@org.openjdk.jmh.annotations.Measurement(iterations = 5, time = 1)
@Fork(1)
public class FlowsBenchmark {
  private static final int PACKETS = 4096;
  private static final int CHUNK = 32_768;
  private static final int RECORD = 16 + 14 + 20 + 32;
  private static final int PAYLOAD = 1448;

  @Param({"1", "100", "1000"})
  private int flows = 1;

  private final FlowMeter meter = new FlowMeter();
  private final PcapCursor records = new PcapCursor();
  private ByteBuffer stream = ByteBuffer.allocate(0);
  private long nanos = 1_700_000_000_000_000_000L;
  private int round;

  /** Writes the head of the stream and its packets. */
  @Setup
  public void prepare() throws IOException {
    ByteBuffer head = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(0xa1b23c4d).putInt(0x00040002).putLong(0).putInt(136).putInt(1);
    records.fill(head.array(), 0, 24);
    records.next();
    stream = ByteBuffer.allocate(PACKETS * RECORD).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < PACKETS; i++) {
      write(i);
    }
  }

  private void write(int i) {
    int kind = i % 4;
    boolean sent = kind == 2;
    int flow = i / 4 % flows;
    int payload = kind == 3 ? 0 : PAYLOAD;
    int at = i * RECORD;
    stream.putInt(at + 8, RECORD - 16).putInt(at + 12, RECORD - 16 + payload);
    stream.order(ByteOrder.BIG_ENDIAN);
    stream.putShort(at + 28, (short) 0x0800);
    stream.putInt(at + 30, 0x45000000 | 52 + payload).putShort(at + 38, (short) 0x4006);
    stream.putInt(at + 42, sent ? 0x0a000001 : 0xc6336401);
    stream.putInt(at + 46, sent ? 0xc6336401 : 0x0a000001);
    int port = 10_000 + flow * 2 + (kind < 2 ? 1 : 0);
    stream.putInt(at + 50, sent ? port << 16 | 443 : 443 << 16 | port);
    stream.putShort(at + 62, (short) 0x8010).putInt(at + 70, 0x0101080a);
    stream.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Gives the packets the times and numbers of another round. */
  private void renumber() {
    for (int i = 0; i < PACKETS; i++) {
      int at = i * RECORD;
      nanos += 50_000;
      stream
          .putInt(at, (int) (nanos / 1_000_000_000L))
          .putInt(at + 4, (int) (nanos % 1_000_000_000L));
      int sequence = (round * (PACKETS / 4 / flows + 1) + i / 4 / flows) * PAYLOAD * 2;
      int number = sequence + (i % 4 == 1 ? PAYLOAD : 0);
      stream.putInt(at + 54, Integer.reverseBytes(i % 4 == 3 ? 1 : number));
      stream.putInt(at + 58, Integer.reverseBytes(i % 4 == 3 ? sequence : 1));
      stream.putInt(at + 74, Integer.reverseBytes((int) (nanos / 1_000_000)));
    }
    round++;
  }

  /** Parses a stream of packets and brings the flows up to date; ends a window after it. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public Measurement packets() throws IOException {
    renumber();
    byte[] bytes = stream.array();
    int packet = 0;
    for (int at = 0; at < bytes.length; ) {
      at += records.fill(bytes, at, Math.min(CHUNK, bytes.length - at));
      while (records.next()) {
        meter.add(records, packet++ % 4 == 2 ? Direction.UPLOAD : Direction.DOWNLOAD);
      }
    }
    Measurement.Builder m = Measurement.builder(Instant.EPOCH, Instant.EPOCH.plusMillis(200));
    meter.take(m, 0.2);
    return m.build();
  }
}
